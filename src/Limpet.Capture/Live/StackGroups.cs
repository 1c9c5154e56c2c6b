using System.Collections.Immutable;
using Limpet.Capture.Symbols;
using Limpet.Heap.Holders;
using Limpet.Results;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Live;

/// <summary>Groups the stacks of all managed threads by shape. The target must stand still.</summary>
internal static class StackGroups
{
    private const int MaxFrames = 128;

    public static ImmutableArray<ThreadStackGroup> Read(ClrRuntime runtime)
    {
        var groups = new Dictionary<string, (ImmutableArray<string> Frames, string? Waits, List<int> Threads)>(StringComparer.Ordinal);
        var waits = new LockWaits(runtime);
        using ProcessCode code = ProcessCode.Of(runtime.DataTarget.DataReader.ProcessId);
        foreach (ClrThread thread in runtime.Threads.Where(thread => thread.IsAlive))
        {
            ImmutableArray<string> frames = [.. thread.EnumerateStackTrace(false, MaxFrames).Select(frame => NameOf(frame, code)).OfType<string>()];
            string? waitsFor = waits.Describe(thread);
            string key = waitsFor + "\n" + string.Join('\n', frames);
            if (!groups.TryGetValue(key, out var group))
            {
                groups[key] = group = (frames, waitsFor, []);
            }

            group.Threads.Add(thread.ManagedThreadId);
        }

        return [.. groups.Values
            .OrderByDescending(group => group.Waits is not null)
            .ThenByDescending(group => group.Threads.Count)
            .Select(group => new ThreadStackGroup(group.Threads.Count, [.. group.Threads], group.Waits, group.Frames))];
    }

    /// <summary>Frames of the runtime's own are left out: they say nothing that a reader could act on.</summary>
    private static string? NameOf(ClrStackFrame frame, ProcessCode code)
    {
        if (frame.Method is not { } method)
        {
            return null;
        }

        string name = SourceNames.Method(method.Type?.Name ?? "", method.Name ?? "");
        return CodeNames.NameOf(method) is { Module: not null } known && code.LineAt(known, OffsetOf(frame, method)) is { } line ? $"{name} ({line.File}:{line.Line})" : name;
    }

    /// <summary>Where in its code a frame stands. All but the innermost show where they go on, which may be the next statement already: a byte before it they call.</summary>
    private static int? OffsetOf(ClrStackFrame frame, ClrMethod method)
    {
        if (frame.InstructionPointer == 0)
        {
            return null;
        }

        int offset = method.GetILOffset(frame.InstructionPointer - 1);
        return offset >= 0 ? offset : null;
    }
}
