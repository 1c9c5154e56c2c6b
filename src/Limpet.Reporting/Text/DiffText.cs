using Limpet.Heap;
using Limpet.Results;

namespace Limpet.Reporting.Text;

/// <summary>Writes what grew between heaps, for a terminal.</summary>
public static class DiffText
{
    /// <summary>The whole report.</summary>
    /// <param name="result">The result.</param>
    /// <param name="colors">Whether ANSI colours are written.</param>
    public static string Write(DiffResult result, bool colors = false)
    {
        ArgumentNullException.ThrowIfNull(result);
        TextPage page = new(colors);
        page.Line(Ink.Strong, result.Heaps.Length == 2 ? "What changed" : "What came between the first two and is still there");
        foreach (ComparedHeap heap in result.Heaps)
        {
            page.Line($"  {Words.Name(heap.Source)}: {Words.Many(heap.Objects, "reachable object")}, {heap.Bytes}");
            if (heap.IncompleteReason is { } reason)
            {
                page.Line(Ink.Doubt, $"  incomplete: {Words.Sentence(reason)}");
            }
        }

        if (result.Types.Length == 0 && result.Paths.Length == 0 && result.Contents.Length == 0)
        {
            page.Line();
            page.Line(result.Heaps.Length == 2 ? "Nothing: the same objects by type and by path." : "Nothing that came is still there.");
        }

        Containers(page, result);
        Contents(page, result);
        Table(page, "Types", "type", [.. result.Types.Select(type => (type.Type, type.Delta))], result.OmittedTypes, "more type");
        Table(page, "Paths", "path", [.. result.Paths.Select(path => (path.Path, path.Delta))], result.OmittedPaths, "more path");
        EnvelopeText.WriteNotes(page, result);
        return page.ToString();
    }

    private static void Containers(TextPage page, DiffResult result)
    {
        if (result.Containers.Length == 0)
        {
            return;
        }

        page.Line();
        page.Line(Ink.Strong, "What grew, and where");
        foreach (ContainerDelta container in result.Containers)
        {
            page.Line($"  {Signed(container.Delta.CountDelta)} {page.Paint(Ink.Strong, Words.Name(container.Subject))} ({Words.SignedBytes(container.Delta.BytesDelta.Bytes)} with what they hold) in {Words.Name(container.Container)} ({Words.Name(container.ContainerType)}): {string.Join(" → ", container.Delta.Counts.Select(count => Words.Count(count)))}");
        }

        More(page, result.OmittedContainers, "more place");
    }

    private static void Contents(TextPage page, DiffResult result)
    {
        page.List(Ink.Strong, "What holds more, without more objects", result.Contents.Select(content =>
            $"{Signed(content.ElementsDelta)} elements of {page.Paint(Ink.Strong, Words.Name(content.Type))} in {Words.Name(content.Container)}: {string.Join(" → ", content.Elements.Select(Elements))}"));
        More(page, result.OmittedContents, "more place");
    }

    /// <summary>Of collections with fewer elements than are told it is not known how many.</summary>
    private static string Elements(long elements) => elements == 0 ? $"under {NodeFacts.FewestElements}" : Words.Count(elements);

    private static void Table(TextPage page, string heading, string name, (string Name, Delta Delta)[] rows, int omitted, string more)
    {
        TextTable.Write(
            page,
            heading,
            ["", "count", "bytes", name],
            3,
            [.. rows.Select(row => new[] { Word(row.Delta.Change), Signed(row.Delta.CountDelta), Words.SignedBytes(row.Delta.BytesDelta.Bytes), Words.Sentence(row.Name) })]);
        More(page, omitted, more);
    }

    private static string Word(ChangeKind change) => change switch
    {
        ChangeKind.New => "new",
        ChangeKind.Gone => "gone",
        ChangeKind.Shrunk => "less",
        _ => "grown",
    };

    private static string Signed(long count) => (count > 0 ? "+" : "") + Words.Count(count);

    private static void More(TextPage page, int omitted, string noun)
    {
        if (omitted > 0)
        {
            page.Line(Ink.Faint, $"  {Words.Many(omitted, noun)} not shown");
        }
    }
}
