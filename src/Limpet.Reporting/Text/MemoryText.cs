using System.Globalization;
using Limpet.Results;

namespace Limpet.Reporting.Text;

/// <summary>Writes where the resident memory of a process went, for a terminal.</summary>
public static class MemoryText
{
    /// <summary>The table, the answer and the next steps.</summary>
    /// <param name="result">A result with <see cref="InspectResult.Memory"/>.</param>
    /// <param name="colors">Whether ANSI colours are written.</param>
    public static string Write(InspectResult result, bool colors = false)
    {
        ArgumentNullException.ThrowIfNull(result);
        MemoryTable memory = result.Memory ?? throw new InvalidOperationException("Bug in Limpet: a result without memory has no table of it.");
        TextPage page = new(colors);
        string source = result.Target is { } target ? " of " + EnvelopeText.Target(target) : "";
        page.Line($"{page.Paint(Ink.Strong, "Resident memory")}{source}: {memory.Rss}");
        page.Line($"  {memory.Answer}");
        TextTable.Write(
            page,
            "Where it went",
            ["bytes", "share", "use"],
            2,
            [.. memory.Rows.Select(row => Row(memory, row)), [memory.Rss.ToString(), "100 %", "together"]]);
        page.List(Ink.Strong, "Next", memory.Rows.Where(row => row.NextStep is not null).OrderByDescending(row => row.Bytes.Bytes).Select(row => $"{Name(row.Use)}: {row.NextStep}"));
        page.List(Ink.Doubt, "In doubt", memory.Doubts);
        EnvelopeText.WriteNotes(page, result with { BlindSpots = [] });
        return page.ToString();
    }

    private static string[] Row(MemoryTable memory, MemoryRow row) =>
    [
        row.Bytes.ToString(),
        ((double)row.Bytes.Bytes / Math.Max(1, memory.Rss.Bytes)).ToString("0.0 %", CultureInfo.InvariantCulture),
        row.Detail is { } detail ? $"{Name(row.Use)}  ({Words.Name(detail)})" : Name(row.Use),
    ];

    private static string Name(MemoryUse use) => use switch
    {
        MemoryUse.GcLive => "GC heap: live objects",
        MemoryUse.GcGarbage => "GC heap: objects that wait for a collection",
        MemoryUse.GcFree => "GC heap: free between objects",
        MemoryUse.GcUnused => "GC heap: committed and unused",
        MemoryUse.GcTables => "GC: tables",
        MemoryUse.Code => "compiled code",
        MemoryUse.LoaderHeaps => "loader heaps: types, methods, stubs",
        MemoryUse.Stacks => "stacks",
        MemoryUse.NativeInUse => "native heap: in use",
        MemoryUse.NativeFree => "native heap: freed, kept by malloc",
        MemoryUse.Libraries => "libraries and assemblies",
        MemoryUse.MappedFiles => "mapped files",
        _ => "rest: neither the runtime nor malloc accounts for it",
    };
}
