using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// Renders a label per operation on one of eight threads. Each thread keeps the glyphs of the fonts that it has met, in a ThreadLocal; there are 40
/// fonts, so it grows 1 per operation, a thread at a time, until all threads have met all fonts.
/// </summary>
internal sealed class LabelRendering : HarmlessTarget
{
    private LabelPrinters? _printers;

    public override Truth Truth => Truth.Harmless(
        "Eight threads keep the glyphs of 40 fonts each.", "own", "Clean", "Bounded");

    protected override double Cap => LabelPrinters.Threads * LabelPrinters.Fonts;

    protected override int CheckedOperations => 350;

    public override string Build()
    {
        _printers = new LabelPrinters();
        return "";
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        RequestSeal.Of(number);
        Subjects.Add(_printers!.Render(number));
    }
}

internal sealed class GlyphSheet(int font)
{
    private readonly byte[] _bits = new byte[1_500];

    public int Font { get; } = font;

    public int Size => _bits.Length;
}

internal sealed class LabelJob(int number)
{
    private readonly ManualResetEventSlim _done = new();
    private GlyphSheet? _sheet;

    public int Number { get; } = number;

    public void Finish(GlyphSheet sheet)
    {
        _sheet = sheet;
        _done.Set();
    }

    public GlyphSheet Result()
    {
        _done.Wait();
        return _sheet!;
    }
}

internal sealed class LabelPrinters
{
    public const int Threads = 8;

    public const int Fonts = 40;

    private readonly ThreadLocal<Dictionary<int, GlyphSheet>> _glyphs = new(() => []);
    private readonly BlockingCollection<LabelJob>[] _jobs = [.. Enumerable.Range(0, Threads).Select(_ => new BlockingCollection<LabelJob>())];

    public LabelPrinters()
    {
        for (int printer = 0; printer < Threads; printer++)
        {
            BlockingCollection<LabelJob> jobs = _jobs[printer];
            new Thread(() => Print(jobs)) { IsBackground = true, Name = $"label printer {printer}" }.Start();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public GlyphSheet Render(int number)
    {
        LabelJob job = new(number);
        _jobs[number % Threads].Add(job);
        return job.Result();
    }

    private void Print(BlockingCollection<LabelJob> jobs)
    {
        foreach (LabelJob job in jobs.GetConsumingEnumerable())
        {
            int font = job.Number / Threads % Fonts;
            if (!_glyphs.Value!.TryGetValue(font, out GlyphSheet? sheet))
            {
                sheet = new GlyphSheet(font);
                _glyphs.Value.Add(font, sheet);
            }

            job.Finish(sheet);
        }
    }
}
