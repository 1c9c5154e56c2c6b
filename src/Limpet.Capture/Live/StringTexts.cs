using System.Collections.Immutable;
using Limpet.Capture.Native;
using Limpet.Heap.Strings;
using Limpet.Text;

namespace Limpet.Capture.Live;

/// <summary>How the texts begin that are repeated most: read while nothing changes, and made readable afterwards.</summary>
internal sealed unsafe class StringTexts
{
    /// <summary>Texts that are kept: more than anybody reads, and at most 1.6 MB.</summary>
    public const int MostTexts = 10_000;

    /// <summary>UTF-16 units that are kept of each.</summary>
    public const int MostUnits = 80;

    private const ulong TextOffset = 12;
    private readonly List<(StringPrint Print, string Start)> starts = [];

    /// <summary>Finds what is repeated among the strings that were decoded, and reads how it begins. Nothing may change meanwhile.</summary>
    public static StringTexts Read(TargetMemory memory, IReadOnlyList<DecodeWorker> workers, CancellationToken cancellation)
    {
        StringTexts texts = new();
        StringGroups groups = StringGroups.Find(
            [.. workers.Select(worker => new StringRun(worker.Arenas.StringLengths, worker.Arenas.StringHashes, worker.Strings))], MostTexts, cancellation);
        char* units = stackalloc char[MostUnits];
        foreach (StringGroup group in groups.Largest)
        {
            ulong address = workers[group.Run].Arenas.StringAddresses[group.Index] + TextOffset;
            int kept = Math.Min(group.Print.Length, MostUnits);
            nuint read = memory.Read(address, units, (nuint)kept * sizeof(char));
            texts.starts.Add((group.Print, new string(units, 0, (int)read / sizeof(char))));
        }

        return texts;
    }

    /// <summary>The texts with secrets taken out: they go into files.</summary>
    public ImmutableDictionary<StringPrint, string> Redacted() => starts.ToImmutableDictionary(start => start.Print, start => Redaction.Text(start.Start));
}
