using System.Globalization;
using Limpet.Heap.Holders;
using Limpet.Results;

namespace Limpet.Reporting.Text;

/// <summary>Threads that stand at the same place.</summary>
internal static class StackText
{
    private const int MostThreads = 8;
    private const int MostFrames = 24;

    public static void Write(TextPage page, ThreadStackGroup stack)
    {
        string ids = string.Join(", ", stack.Threads.Take(MostThreads).Select(thread => thread.ToString(CultureInfo.InvariantCulture)));
        string more = stack.Threads.Length > MostThreads ? $", {Words.Count(stack.Threads.Length - MostThreads)} more" : "";
        string named = ids.Length == 0 ? "" : $" ({ids}{more})";
        string waits = stack.WaitsFor is { } what ? $", {(stack.Count == 1 ? "waits" : "wait")} for {page.Paint(Ink.Doubt, Words.Sentence(what))}" : "";
        page.Line($"   {Words.Many(stack.Count, "thread")}{named}{waits}");
        foreach (string frame in stack.Frames.Take(MostFrames))
        {
            page.Line("      at " + Words.Name(Frame(frame)));
        }

        if (stack.Frames.Length > MostFrames)
        {
            page.Line($"      … {Words.Many(stack.Frames.Length - MostFrames, "more frame")}");
        }
        else if (stack.Frames.IsEmpty)
        {
            page.Line("      (no managed frame)");
        }
    }

    /// <summary>A frame may end with its line in brackets, which is no part of the method's name.</summary>
    private static string Frame(string frame)
    {
        int line = frame.EndsWith(')') ? frame.LastIndexOf(" (", StringComparison.Ordinal) : -1;
        return line > 0 ? SourceNames.Frame(frame[..line]) + frame[line..] : SourceNames.Frame(frame);
    }
}
