using System.Collections.Immutable;
using Limpet.Capture.Symbols;
using Limpet.Heap;
using Limpet.Heap.Holders;
using Limpet.Results;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Live;

/// <summary>The stacks of all managed threads. They are read while the target stands still; lines are looked up and shapes compared when it runs again.</summary>
internal sealed class StackGroups
{
    private const int MaxFrames = 128;
    private readonly List<(int ThreadId, string? Waits, List<(string Name, MethodName? Method, int? Offset)> Frames)> stacks = [];

    /// <summary>Reads all stacks. The target stands still.</summary>
    public static StackGroups Read(ClrRuntime runtime)
    {
        var read = new StackGroups();
        var waits = new LockWaits(runtime);
        foreach (ClrThread thread in runtime.Threads.Where(thread => thread.IsAlive))
        {
            read.stacks.Add((thread.ManagedThreadId, waits.Describe(thread), [.. FramesOf(thread)]));
        }

        return read;
    }

    /// <summary>Groups the stacks by shape.</summary>
    public ImmutableArray<ThreadStackGroup> Group(ProcessCode code)
    {
        var groups = new Dictionary<string, (ImmutableArray<string> Frames, string? Waits, List<int> Threads)>(StringComparer.Ordinal);
        foreach ((int thread, string? waits, var stack) in stacks)
        {
            ImmutableArray<string> frames = [.. stack.Select(frame => frame.Method is { } method && code.LineAt(method, frame.Offset) is { } line ? $"{frame.Name} ({line.File}:{line.Line})" : frame.Name)];
            string key = waits + "\n" + string.Join('\n', frames);
            if (!groups.TryGetValue(key, out var group))
            {
                groups[key] = group = (frames, waits, []);
            }

            group.Threads.Add(thread);
        }

        return [.. groups.Values
            .OrderByDescending(group => group.Waits is not null)
            .ThenByDescending(group => group.Threads.Count)
            .Select(group => new ThreadStackGroup(group.Threads.Count, [.. group.Threads], group.Waits, group.Frames))];
    }

    /// <summary>Frames of the runtime's own are left out: they say nothing that a reader could act on.</summary>
    private static IEnumerable<(string Name, MethodName? Method, int? Offset)> FramesOf(ClrThread thread)
    {
        foreach (ClrStackFrame frame in thread.EnumerateStackTrace(false, MaxFrames))
        {
            if (frame.Method is { } method)
            {
                MethodName? known = CodeNames.NameOf(method);
                yield return (SourceNames.Method(method.Type?.Name ?? "", method.Name ?? ""), known?.Module is null ? null : known, OffsetOf(frame, method));
            }
        }
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
