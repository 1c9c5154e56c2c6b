using System.Globalization;
using Limpet.Results;

namespace Limpet.Reporting.Text;

/// <summary>Says of objects that no root reaches what looks at them, and with which collection they go.</summary>
internal static class WeakText
{
    public static void Write(TextPage page, WhyMatches matches)
    {
        if (matches.Weak is not { } weak || weak is { ShortHandles: 0, LongHandles: 0, GoesWithGeneration: null, Dependent: [] })
        {
            return;
        }

        long garbage = matches.Count - matches.RootedCount;
        page.Line($"   not rooted{(matches.RootedCount > 0 ? $", {Words.Count(garbage)} of {Words.Count(matches.Count)}" : "")}: {Handles(weak, garbage)}{(garbage == 1 ? "it goes" : "they go")} {Collection(weak, garbage)}");
        foreach (DependentPair pair in weak.Dependent)
        {
            string handles = $"{Words.Many(pair.Count, "dependent handle")}, {Words.Name(pair.Key)} → {Words.Name(pair.Value)}";
            page.Line(pair.AsKey
                ? $"   key of {handles}: a key is not held, and its value goes with it"
                : $"   value of {handles}: a value is held as long as its key lives, and no root reaches {(pair.Count == 1 ? "that key" : "those keys")}");
        }
    }

    private static string Handles(WeakHold weak, long garbage)
    {
        long all = weak.ShortHandles + weak.LongHandles;
        if (all == 0)
        {
            return "";
        }

        string kinds = weak.LongHandles == 0 ? "" : weak.ShortHandles == 0 ? " (long)" : $" ({Words.Count(weak.ShortHandles)} short, {Words.Count(weak.LongHandles)} long)";
        string at = garbage == 1 ? "it" : weak.Objects == garbage ? "them" : $"{Words.Count(weak.Objects)} of them";
        return $"{Words.Many(all, "weak handle")}{kinds} {(all == 1 ? "points" : "point")} to {at}; ";
    }

    private static string Collection(WeakHold weak, long garbage)
    {
        string when = weak.GoesWithGeneration is { } generation
            ? string.Create(CultureInfo.InvariantCulture, $"with the next collection of generation {generation}{(garbage > 1 ? " at the latest" : "")}")
            : "with a collection; of which generation is not known";
        return weak.Finalizable ? when + ", or the one after it where a finalizer must run first" : when;
    }
}
