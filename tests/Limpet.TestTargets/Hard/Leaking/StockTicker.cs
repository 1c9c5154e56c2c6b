using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// Displays follow the stock by a weak event, so that nobody needs to unsubscribe: displays do go. What is left is the entry of the list,
/// one for each display that ever was, attached to the publisher by a weak table: 1 WeakDisplay with its WeakReference per operation.
/// </summary>
/// <remarks><code>
/// dependent handle StockLevels → DisplayList ─_displays→ List&lt;WeakDisplay&gt; ─→ WeakDisplay ─→ WeakReference&lt;StockDisplay&gt;
///     ┄→ (collected)
/// </code></remarks>
internal sealed class StockTicker : HardLeak
{
    private readonly StockLevels _levels = new();

    public override Truth Truth => Truth.Leak(
        "WeakEvents never removes the WeakDisplay of a collected StockDisplay from DisplayList._displays.",
        "own",
        FindingTruth.Entries(typeof(WeakDisplay).FullName!, 1, "DisplayList", "_displays"));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        Subjects.Add(WeakEvents.Attach(_levels, new StockDisplay()));
        if (number % 64 == 0)
        {
            WeakEvents.Raise(_levels, article: number % 30, pieces: number % 7);
        }
    }
}

internal sealed class StockLevels;

internal sealed class StockDisplay
{
    private string _text = "";

    public void Show(int article, int pieces) => _text = $"{article}: {pieces}";

    public override string ToString() => _text;
}

internal sealed class WeakDisplay(StockDisplay display)
{
    private readonly WeakReference<StockDisplay> _display = new(display);

    public void Show(int article, int pieces)
    {
        if (_display.TryGetTarget(out StockDisplay? display))
        {
            display.Show(article, pieces);
        }
    }
}

internal sealed class DisplayList
{
    private readonly List<WeakDisplay> _displays = [];

    public void Add(WeakDisplay display) => _displays.Add(display);

    public void Show(int article, int pieces) => _displays.ForEach(display => display.Show(article, pieces));
}

internal static class WeakEvents
{
    private static readonly ConditionalWeakTable<StockLevels, DisplayList> s_lists = [];

    public static WeakDisplay Attach(StockLevels levels, StockDisplay display)
    {
        WeakDisplay weak = new(display);
        s_lists.GetOrCreateValue(levels).Add(weak);
        return weak;
    }

    public static void Raise(StockLevels levels, int article, int pieces)
    {
        if (s_lists.TryGetValue(levels, out DisplayList? list))
        {
            list.Show(article, pieces);
        }
    }
}
