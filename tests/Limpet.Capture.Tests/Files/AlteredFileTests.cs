using System.Globalization;
using System.Text.RegularExpressions;
using Limpet.Bench.Fuzzing;
using Limpet.Bench.Processes;
using Limpet.Capture.Files;
using Limpet.Capture.GcDumps;
using Limpet.Capture.Live;
using Limpet.Capture.Tests.Dumps;
using Limpet.Heap;
using Limpet.Testing;

namespace Limpet.Capture.Tests.Files;

/// <summary>Files that were altered at random places are answered or refused with a clear error. The bench command <c>fuzz</c> does the same ten thousand times.</summary>
public sealed partial class AlteredFileTests
{
    private const int FirstSeed = 20_000;
    private static readonly string BenchDll = TargetProcess.DefaultDll.Replace("Limpet.TestTargets", "Limpet.Bench", StringComparison.Ordinal);

    [Theory]
    [InlineData("closures", 13)]
    [InlineData("texts 3000", 17)]
    public void HeapFile_AlteredThreeHundredTimes_IsAnsweredOrRefused(string program, int sections)
    {
        using DumpFile folder = DumpFile.Empty();
        HeapFile.Write(folder.Path, Graph(program, sections > 14 ? StringReading.Texts : StringReading.None, out LiveTarget target), Metadata, TestContext.Current.CancellationToken);
        using (target)
        {
            Assert.InRange(MendedFile.Sections(File.ReadAllBytes(folder.Path)).Length, sections, sections + 1);
            Check(folder.Path, 300);
        }
    }

    [Fact]
    public void GcDump_AlteredThreeHundredTimes_IsAnsweredOrRefused()
    {
        using DumpFile folder = DumpFile.Empty();
        GcDumpFile.Write(folder.Path, Graph("closures", StringReading.None, out LiveTarget target), Metadata, TestContext.Current.CancellationToken);
        using (target)
        {
            Check(folder.Path, 300);
        }
    }

    /// <summary>In other processes: an altered dump may bring the debugging library down, and the process with it. The tool reads dumps in a child.</summary>
    [Fact]
    public void Dump_AlteredFifteenTimesInEachReader_IsAnsweredOrRefused()
    {
        using DumpFile dump = DumpFile.Of("closures");
        foreach (string[] reader in (string[][])[[], ["--portable"]])
        {
            using LineProcess bench = LineProcess.Start(BenchDll, ["fuzz", dump.Path, "--count", "15", "--seed", FirstSeed.ToString(CultureInfo.InvariantCulture), .. reader]);
            (int code, string output, string errors) = bench.AwaitEnd();
            Assert.True(code == 0, $"{string.Join(' ', reader)} {code}: {output} {errors}");
            Match counts = Counts().Match(output);
            Assert.True(int.Parse(counts.Groups[1].Value, CultureInfo.InvariantCulture) > 0 && int.Parse(counts.Groups[2].Value, CultureInfo.InvariantCulture) > 0, output);
        }
    }

    [GeneratedRegex(@"(\d+) answered, (\d+) refused with a clear error .* 0 wrong")]
    private static partial Regex Counts();

    private static HeapFileMetadata Metadata { get; } = new() { ToolVersion = "1", RuntimeName = ".NET", Pid = 1, CapturedAt = DateTimeOffset.UnixEpoch };

    private static HeapGraph Graph(string program, StringReading strings, out LiveTarget target)
    {
        using TargetProcess process = TargetProcess.Start(program);
        target = LiveTarget.Attach(process.Id, strings);
        return target.Capture(cancellation: TestContext.Current.CancellationToken).Graph;
    }

    private static void Check(string path, int times)
    {
        using MutatedFile file = new(path, path + ".altered");
        Assert.Null(HeapTrial.Run(file.Path, isPortable: false, out bool isAnswered, out _));
        Assert.True(isAnswered, "The file cannot be read before it is altered.");
        int refused = 0;
        for (int seed = FirstSeed; seed < FirstSeed + times; seed++)
        {
            string what = file.Mutate(seed);
            string? wrong = HeapTrial.Run(file.Path, isPortable: false, out isAnswered, out _);
            Assert.True(wrong is null, $"seed {seed}, {what}: {wrong}");
            refused += isAnswered ? 0 : 1;
            file.Mend();
        }

        Assert.True(refused > times / 8, $"Only {refused} of {times} were refused.");
    }
}
