using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// A tape of quotes is parsed per operation: some 20,000 short-lived objects. One gap is noted for each tape, 24 bytes, and
/// the gaps are never reported: 1 TickGap per operation under a churn of two megabytes.
/// </summary>
/// <remarks><code>
/// TapeReader ─_gaps→ List&lt;TickGap&gt; ─→ TickGap                      24 bytes each
/// </code></remarks>
internal sealed class TickTape : HardLeak
{
    private readonly TapeReader _reader = new();
    private string _tape = "";

    public override Truth Truth => Truth.Leak(
        "TapeReader notes one TickGap of 24 bytes per tape in _gaps and never gives them up.",
        "own",
        FindingTruth.Entries(typeof(TickGap).FullName!, 1, "TapeReader", "_gaps"));

    public override string Build()
    {
        StringBuilder tape = new();
        for (int line = 0; line < 8_000; line++)
        {
            tape.Append(CultureInfo.InvariantCulture, $"XETR:{line % 40:00};{100 + (line % 17)}.{line % 100:00};{line * 3}\n");
        }

        _tape = tape.ToString();
        return "";
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => Subjects.Add(_reader.Read(_tape, number));
}

/// <summary>Where a tape is missing sequence numbers.</summary>
internal sealed class TickGap(long after)
{
    public long After => after;
}

internal sealed record TickQuote(string Instrument, string Price, long Sequence);

internal sealed class TapeReader
{
    private readonly List<TickGap> _gaps = [];

    public TickGap Read(string tape, long session)
    {
        List<TickQuote> quotes = [];
        foreach (Range line in tape.AsSpan().Split('\n'))
        {
            string text = tape[line];
            if (text.Length > 0)
            {
                int price = text.IndexOf(';', StringComparison.Ordinal);
                int sequence = text.LastIndexOf(';');
                quotes.Add(new TickQuote(text[..price], text[(price + 1)..sequence], long.Parse(text.AsSpan(sequence + 1), CultureInfo.InvariantCulture)));
            }
        }

        TickGap gap = new(session + quotes[^1].Sequence);
        _gaps.Add(gap);
        return gap;
    }
}
