using System.Collections.Immutable;
using Limpet.Cli.Watching.Phases;
using Limpet.Cli.Watching.Tree;
using Limpet.Resources;

namespace Limpet.Cli.Watching.Judging;

/// <summary>Collects what phases left from what was seen of the tree.</summary>
internal sealed class Leftovers
{
    /// <summary>What is seen for so long after its phase has outlived the tear-down.</summary>
    private static readonly TimeSpan Outlived = TimeSpan.FromMilliseconds(150);

    private static readonly string[] TemporaryFolders = [.. new[] { "/tmp/", "/var/tmp/", Path.TrimEndingDirectorySeparator(Path.GetTempPath()) + "/" }.Distinct()];

    private readonly WatchTree tree;
    private readonly Dictionary<int, int> indexes;
    private readonly IReadOnlyList<Phase> phases;
    private readonly Dictionary<int, FollowedProcess> processes = [];

    /// <param name="tree">The tree after the run.</param>
    /// <param name="phases">The named phases.</param>
    public Leftovers(WatchTree tree, IReadOnlyList<Phase> phases)
    {
        (this.tree, this.phases) = (tree, phases);
        indexes = phases.Select((phase, index) => (phase, index)).Where(one => !one.phase.HasSetUp).ToDictionary(one => one.phase.Number, one => one.index);
        foreach (FollowedProcess process in tree.Ended.Concat(tree.Alive))
        {
            processes[process.Pid] = process;
        }
    }

    public ImmutableArray<LeftThing> All()
    {
        // A start time tells better than the order of readings, once the marks behind it are known.
        foreach (Item thread in tree.LeftByEnded.Concat(tree.Alive.SelectMany(process => process.Threads.Values)).Where(item => item is { StartedAt: not null, Owner: >= 0 }))
        {
            thread.Owner = tree.Book.StretchOf(thread.StartedAt!.Value);
        }

        foreach (FollowedProcess process in tree.Ended.Concat(tree.Alive).Where(process => process.BornIn >= 0))
        {
            process.BornIn = tree.Book.StretchOf(process.StartedAt);
        }

        return Things();
    }

    private ImmutableArray<LeftThing> Things() =>
    [
        .. tree.LeftByEnded
            .Concat(tree.Alive.SelectMany(process => process.Descriptors.Values.Concat(process.Threads.Values)))
            .Where(item => indexes.ContainsKey(item.Owner) && HasOutlived(item) && !IsForLimpet(item))
            .Select(Thing),
        .. Processes(),
    ];

    private IEnumerable<LeftThing> Processes()
    {
        int last = tree.Marks - 2; // the last one is the end of the run
        foreach (FollowedProcess process in tree.Ended.Concat(tree.Alive).Where(process => indexes.ContainsKey(process.BornIn)))
        {
            int index = indexes[process.BornIn];
            int bound = phases[index].EndedMark ?? phases[index].EndMark;
            bool alive = process.EndedAt is null;
            if (process.ZombieMark > bound && process.ZombieMark >= last)
            {
                yield return new LeftThing(index, LeftClass.Zombie, Program(process), false, false, Named(process));
            }
            else if (!process.IsZombie && (alive || (process.Self.LastMark > bound && process.Self.LastMark >= last)) && !IsHousekeeping(process))
            {
                FollowedProcess? parent = processes.GetValueOrDefault(process.ParentPid);
                bool forked = parent is not null && parent.Command.SequenceEqual(process.Command);
                yield return new LeftThing(index, LeftClass.Child, Program(process), !forked, process.Self.PhasesUsed >= 2, Named(process));
            }
        }
    }

    /// <summary>Threads that a runtime starts because somebody listens to its counters.</summary>
    private static bool IsForLimpet(Item item) => item is { Kind: ItemKind.Thread, Name: ".NET EventPipe" or ".NET Counter Po" };

    private bool HasOutlived(Item item)
    {
        Phase phase = phases[indexes[item.Owner]];
        return item.LastMark > (phase.EndedMark ?? phase.EndMark) || item.LastSeen > phase.End + Outlived;
    }

    private LeftThing Thing(Item item)
    {
        int index = indexes[item.Owner];
        if (item.Kind == ItemKind.Thread)
        {
            return new LeftThing(index, LeftClass.Thread, NamePattern.Of(item.Name), false, item.PhasesUsed >= 1, item);
        }

        Descriptor descriptor = item.Descriptor!;
        (LeftClass kind, string group, bool certain) = descriptor.Kind switch
        {
            DescriptorKind.File when descriptor.Target.StartsWith("/dev/", StringComparison.Ordinal) && !descriptor.Target.StartsWith("/dev/shm/", StringComparison.Ordinal) =>
                (LeftClass.File, descriptor.Target, false),
            DescriptorKind.File => (LeftClass.File, NamePattern.Of(descriptor.Target), TemporaryFolders.Any(folder => descriptor.Target.StartsWith(folder, StringComparison.Ordinal))),
            DescriptorKind.DeletedFile => (LeftClass.DeletedFile, NamePattern.Of(descriptor.Target), true),
            DescriptorKind.Socket => (LeftClass.Socket, SocketGroup(item.Socket), item.Socket?.State is "LISTEN" or "CLOSE_WAIT"),
            DescriptorKind.Pipe => (LeftClass.Pipe, "", false),
            DescriptorKind.Inotify => (LeftClass.Watch, "", false),
            DescriptorKind.EventPoll or DescriptorKind.EventFd or DescriptorKind.TimerFd => (LeftClass.EventLoop, "", false),
            _ => (LeftClass.OtherDescriptor, NamePattern.Of(descriptor.Target), false),
        };
        return new LeftThing(index, kind, group, certain, IsLoadedCode(descriptor), item);
    }

    /// <summary>
    /// An assembly stays open for as long as the .NET runtime has it loaded, and the first test that needs a library loads several: that is use. A program that opens
    /// them again and again leaks all the same.
    /// </summary>
    private static bool IsLoadedCode(Descriptor descriptor) => descriptor.Kind == DescriptorKind.File && descriptor.Target.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);

    private static string SocketGroup(SocketInfo? socket) => socket is null ? "" : $"{socket.Protocol} {socket.State}";

    private static string Program(FollowedProcess process) => process.Command is [var program, ..] ? Path.GetFileName(program) : "";

    private static Item Named(FollowedProcess process)
    {
        process.Self.Name = string.Join(' ', process.Command.Take(4));
        return process.Self;
    }

    /// <summary>Helpers that a runtime or SDK keeps for its own sake until the program ends, or for the next build.</summary>
    private static bool IsHousekeeping(FollowedProcess process) =>
        process.Command.Any(word => word.Contains("multiprocessing.resource_tracker", StringComparison.Ordinal) || word.Contains("multiprocessing.forkserver", StringComparison.Ordinal))
        || (process.EndedAt is null && ProcessReaders.DotNet.Detect(process.Pid) is { IsSdkTool: true });
}
