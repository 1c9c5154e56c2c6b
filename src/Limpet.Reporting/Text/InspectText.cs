using System.Globalization;
using Limpet.Heap.Holders;
using Limpet.Results;

namespace Limpet.Reporting.Text;

/// <summary>Writes what fills a heap, for a terminal.</summary>
public static class InspectText
{
    /// <summary>The whole report.</summary>
    /// <param name="result">The result.</param>
    /// <param name="typesOnly">Whether only the types are shown, because the user asked for some.</param>
    /// <param name="colors">Whether ANSI colours are written.</param>
    public static string Write(InspectResult result, bool typesOnly = false, bool colors = false)
    {
        ArgumentNullException.ThrowIfNull(result);
        TextPage page = new(colors);
        HeapSummary heap = result.Heap;
        string source = result.Target is { } target ? " of " + EnvelopeText.Target(target) : "";
        page.Line($"{page.Paint(Ink.Strong, "Heap")}{source}{(heap.File is { } file ? " in " + Words.Name(file) : "")}");
        page.Line($"  {Words.Many(heap.Objects, "reachable object")}, {heap.Bytes}, {Words.Many(heap.References, "reference")}, {Words.Many(heap.Roots, "root")}");
        if (!heap.Complete)
        {
            page.Line(Ink.Doubt, $"  incomplete: {Words.Sentence(heap.IncompleteReason ?? "no reason was given")}");
        }

        HeapContents contents = result.Contents;
        if (!typesOnly)
        {
            Areas(page, contents);
        }

        Types(page, contents);
        if (!typesOnly)
        {
            Suspects(page, contents);
            Rest(page, contents);
            DuplicateStringText.Write(page, contents);
        }

        EnvelopeText.WriteNotes(page, result);
        return page.ToString();
    }

    private static void Areas(TextPage page, HeapContents contents) => TextTable.Write(
        page,
        "Where it lies",
        ["", "objects", "bytes", "garbage", "free between"],
        0,
        [.. contents.Generations.Select(area => new[] { GenerationWords.Of(area.Name), Words.Count(area.Objects), area.Bytes.ToString(), area.GarbageBytes.ToString(), area.FreeBytes.ToString() })]);

    private static void Types(TextPage page, HeapContents contents)
    {
        TextTable.Write(
            page,
            "Types",
            ["count", "bytes", "retained", "type"],
            3,
            [.. contents.Types.Select(type => new[] { Words.Count(type.Count), type.Bytes.ToString(), type.Retained.ToString(), Words.Name(type.Type) })]);
        More(page, contents.OmittedTypes, "more type");
    }

    private static void Suspects(TextPage page, HeapContents contents)
    {
        if (contents.Suspects.Length == 0)
        {
            return;
        }

        page.Line();
        page.Line($"{page.Paint(Ink.Strong, "Suspects")}  places that hold much: one heap does not tell a cache from a leak, two do (limpet diff)");
        foreach (HeapSuspect suspect in contents.Suspects)
        {
            string what = suspect.Kind == SuspectKind.ManyAlike ? $"{Words.Count(suspect.Count)} × " : "one ";
            page.Line();
            page.Line($"{suspect.Share.ToString("0.0 %", CultureInfo.InvariantCulture)} of the heap, {suspect.Retained}: {what}{page.Paint(Ink.Strong, Words.Name(suspect.Subject))} in {Words.Name(suspect.Container)} ({Words.Name(suspect.ContainerType)})");
            if (suspect.Mostly.Length > 0)
            {
                page.Line("   mostly " + Tallies(suspect.Mostly));
            }

            if (suspect.Leaking == LeakingStatus.No)
            {
                page.Line($"   {page.Paint(Ink.Good, "expected:")} {Words.Sentence(suspect.Reason)}");
                continue;
            }

            TraceText.Write(page, suspect.Holder);
            TraceText.Hint(page, suspect.Hint);
        }

        More(page, contents.OmittedSuspects, "more suspect");
    }

    private static void Rest(TextPage page, HeapContents contents)
    {
        page.List(Ink.Strong, "Roots", contents.Roots.Select(root => $"{Words.Count(root.Count)} × {Words.Name(root.Name)}"));
        page.List(Ink.Strong, "Threads and what only their stacks hold", contents.Threads.Select(Thread));
        More(page, contents.OmittedThreads, "more thread");
        page.List(Ink.Strong, "Cycles", contents.Components.Select(Cycle));
        More(page, contents.OmittedComponents, "more shape");
        page.List(Ink.Strong, "Async methods that have not ended", contents.PendingOperations.Select(Pending));
        page.List(Ink.Strong, $"Timers, {Words.Count(contents.ActiveTimers)} of them due to fire", contents.Timers.Select(timer => $"{Words.Count(timer.Count)} × {Words.Name(timer.Calls)}{(timer.Schedule is { } when ? ", " + Words.Name(when) : "")}"));
        page.List(Ink.Strong, "Waiting for their finalizer", contents.FinalizerQueue.Select(type => $"{Words.Count(type.Count)} × {Words.Name(type.Type)}, {type.Retained} retained"));
        page.List(Ink.Strong, "Large arrays", contents.LargeArrays.Select(Array));
        Collections(page, contents);
    }

    private static void Collections(TextPage page, HeapContents contents)
    {
        TextTable.Write(
            page,
            "Fullest collections",
            ["elements", "bytes", "retained", "collection"],
            3,
            [.. contents.Collections.Select(collection => new[] { Words.Count(collection.Elements), collection.Bytes.ToString(), collection.Retained.ToString(), $"{Words.Name(collection.Type)} at {Address(collection.Address)} in {Words.Name(collection.Container)}" })]);
        More(page, contents.OmittedCollections, "more collection");
    }

    private static string Thread(HeapThread thread) =>
        $"{Words.Many(thread.Objects, "object")}, {thread.Bytes} on thread {Words.Count(thread.ThreadId)}: {string.Join(", ", thread.Methods.Select(Words.Name))}";

    private static string Cycle(CycleGroup cycle)
    {
        const int Shown = 4;
        string types = Tallies(cycle.Types.Take(Shown));
        string more = cycle.Types.Length > Shown ? $", {Words.Many(cycle.Types.Length - Shown, "more type")}" : "";
        string rooted = cycle.Rooted ? "" : ", held by no root: garbage";
        return $"{Words.Count(cycle.Count)} × {Words.Many(cycle.Objects, "object")}, {Words.Many(cycle.MutualPairs, "mutual pair")}, {cycle.Bytes} in all{rooted}: {types}{more}";
    }

    private static string Tallies(IEnumerable<NamedTally> tallies) => string.Join(", ", tallies.Select(tally => $"{Words.Count(tally.Count)} × {Words.Name(tally.Name)}"));

    private static string Pending(PendingOperationGroup group)
    {
        string methods = Tallies(group.Operations);
        string held = group.Roots.Length == 0 ? "" : $"; held by {Words.Name(RootWords.Of(group.Roots[0].Root))}{(group.Roots.Length > 1 ? " and others" : "")}";
        return $"{Words.Count(group.Count)} awaiting {(group.Awaits is { } awaits ? Words.Name(awaits) : "what the heap does not tell")}: {methods}{held}";
    }

    private static string Array(LargeArray array)
    {
        string fill = array is { Length: { } length, Filled: { } filled } ? $", {Words.Count(filled)} of {Words.Count(length)} elements filled" : "";
        return $"{array.Bytes}  {Words.Name(array.Type)} at {Address(array.Address)} in {Words.Name(array.Container)}{fill}";
    }

    private static string Address(ulong address) => "0x" + address.ToString("x", CultureInfo.InvariantCulture);

    private static void More(TextPage page, int omitted, string noun)
    {
        if (omitted > 0)
        {
            page.Line(Ink.Faint, $"  {Words.Many(omitted, noun)} not shown");
        }
    }
}
