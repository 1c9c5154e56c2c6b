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

    /// <summary>Units that are read beyond them, 12 MB in all: half a secret is recognised by nothing, so secrets are taken out before a text is cut.</summary>
    private const int MarginUnits = 512;

    private const ulong TextOffset = 12;

    /// <summary>What may follow where reading ended, and what a secret is only recognised with: the end of a password in an address, the parts of a token.</summary>
    private static readonly string[] Continuations = ["@", ".", ".a."];

    private readonly List<(StringPrint Print, string Start)> starts = [];

    /// <summary>Finds what is repeated among the strings that were decoded, and reads how it begins. Nothing may change meanwhile.</summary>
    public static StringTexts Read(TargetMemory memory, IReadOnlyList<DecodeWorker> workers, CancellationToken cancellation)
    {
        StringTexts texts = new();
        StringGroups groups = StringGroups.Find(
            [.. workers.Select(worker => new StringRun(worker.Arenas.StringLengths, worker.Arenas.StringHashes, worker.Strings))], MostTexts, cancellation);
        char* units = stackalloc char[MostUnits + MarginUnits];
        foreach (StringGroup group in groups.Largest)
        {
            ulong address = workers[group.Run].Arenas.StringAddresses[group.Index] + TextOffset;
            int kept = Math.Min(group.Print.Length, MostUnits + MarginUnits);
            nuint read = memory.Read(address, units, (nuint)kept * sizeof(char));
            texts.starts.Add((group.Print, new string(units, 0, (int)read / sizeof(char))));
        }

        return texts;
    }

    /// <summary>The texts with secrets taken out, and cut then: they go into files.</summary>
    public ImmutableDictionary<StringPrint, string> Redacted() => starts.ToImmutableDictionary(start => start.Print, start => Redacted(start.Start, start.Print.Length));

    private static string Redacted(string text, int length)
    {
        string shown = Redaction.Text(text);
        if (text.Length < length)
        {
            foreach (string continuation in Continuations)
            {
                shown = Redaction.Text(shown + continuation);
                shown = shown.EndsWith(continuation, StringComparison.Ordinal) ? shown[..^continuation.Length] : shown;
            }
        }

        return shown.Length > MostUnits ? shown[..MostUnits] : shown;
    }
}
