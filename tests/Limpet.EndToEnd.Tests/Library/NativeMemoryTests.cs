using System.Runtime.InteropServices;
using Limpet.Checks;
using Limpet.EndToEnd.Tests.Hunts;
using Limpet.Results;

namespace Limpet.EndToEnd.Tests.Library;

/// <summary>Memory that no collection knows of.</summary>
[Collection(HuntsAlone.Name)]
public sealed class NativeMemoryTests
{
    private const int Size = 200_000;

    /// <summary>What the operation keeps, in a place that does not grow itself.</summary>
    private static readonly nint[] s_blocks = new nint[10_000];

    private static int s_count;

    [Fact]
    public void Find_MemoryThatIsNotFreed_IsANativeLeak()
    {
        CheckResult result = LeakCheck.Find(() => s_blocks[s_count++] = Allocated());

        foreach (nint block in s_blocks.AsSpan(0, s_count))
        {
            Marshal.FreeHGlobal(block);
        }

        Assert.True(result.Verdict == Verdict.Leak, CheckReport.Write(result));
        Finding finding = Assert.Single(result.Findings);
        Assert.Equal(FindingKind.NativeLeak, finding.Kind);
        Assert.StartsWith("native memory", finding.Subject, StringComparison.Ordinal);
        Assert.InRange(finding.PerOperation?.Bytes ?? 0, 0.8 * Size, 1.2 * Size);
    }

    [Fact]
    public void Find_MemoryThatIsFreed_IsClean()
    {
        CheckResult result = LeakCheck.Find(() => Marshal.FreeHGlobal(Allocated()));

        Assert.True(result.Passed, CheckReport.Write(result));
    }

    private static nint Allocated()
    {
        nint block = Marshal.AllocHGlobal(Size);
        for (int at = 0; at < Size; at += 1024)
        {
            Marshal.WriteByte(block, at, 1);
        }

        return block;
    }
}
