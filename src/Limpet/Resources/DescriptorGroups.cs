using System.Collections.Immutable;
using System.Globalization;

namespace Limpet.Resources;

/// <summary>Tells of thousands of descriptors in a few names: files by folder and pattern, sockets by state and the end that they share.</summary>
public static class DescriptorGroups
{
    /// <summary>More names than this in one folder are told as the folder.</summary>
    private const int MostNames = 4;

    /// <summary>The descriptors of <paramref name="after"/> that were not there <paramref name="before"/>.</summary>
    public static ImmutableArray<Descriptor> Added(IEnumerable<Descriptor> before, IEnumerable<Descriptor> after)
    {
        HashSet<(int, string)> known = [.. before.Select(descriptor => (descriptor.Number, descriptor.Target))];
        return [.. after.Where(descriptor => !known.Contains((descriptor.Number, descriptor.Target)))];
    }

    /// <summary>Groups descriptors by what they refer to, the largest group first.</summary>
    /// <param name="descriptors">The descriptors.</param>
    /// <param name="sockets">What is known of sockets, by the number in their target.</param>
    public static ImmutableArray<NamedCount> Of(IReadOnlyCollection<Descriptor> descriptors, IReadOnlyDictionary<long, SocketInfo> sockets)
    {
        ArgumentNullException.ThrowIfNull(descriptors);
        ArgumentNullException.ThrowIfNull(sockets);
        ILookup<bool, Descriptor> bySocket = descriptors.ToLookup(descriptor => descriptor.Kind == DescriptorKind.Socket);
        ILookup<bool, Descriptor> byPath = bySocket[false].ToLookup(descriptor => descriptor.Kind is DescriptorKind.File or DescriptorKind.DeletedFile);
        return
        [
            .. SocketGroups.Of([.. bySocket[true].Select(socket => SocketOf(socket, sockets))])
                .Concat(byPath[true].GroupBy(file => (file.Kind, FolderOf(file.Target))).SelectMany(folder => InFolder(folder.Key.Kind, folder.Key.Item2, [.. folder])))
                .Concat(byPath[false].GroupBy(WordOf).Select(group => new NamedCount(group.Key, group.Count())))
                .OrderByDescending(group => group.Count)
                .ThenBy(group => group.Name, StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<NamedCount> InFolder(DescriptorKind kind, string folder, Descriptor[] files)
    {
        string word = kind == DescriptorKind.DeletedFile ? "deleted file " : "file ";
        string[] folders = [.. files.Select(file => file.Target[..(file.Target.LastIndexOf('/') + 1)]).Distinct()];
        folder = folders.Length == 1 && !folder.StartsWith("/proc/", StringComparison.Ordinal) ? folders[0] : folder;
        var patterns = files.GroupBy(file => NamePattern.Of(NameOf(file.Target))).ToArray();
        if (patterns.Length <= MostNames)
        {
            return patterns.Select(pattern => new NamedCount(
                word + folder + (pattern.Select(file => file.Target).Distinct().Count() == 1 ? NameOf(pattern.First().Target) : pattern.Key),
                pattern.Count()));
        }

        string[] extensions = [.. files.Select(file => Path.GetExtension(NameOf(file.Target))).Distinct()];
        return [new NamedCount($"{word}{folder}*{(extensions.Length == 1 ? extensions[0] : "")}", files.Length)];
    }

    /// <summary>The folder with its numbers replaced too: a folder a day, or a process, is one place.</summary>
    private static string FolderOf(string path) => NamePattern.Of(path[..(path.LastIndexOf('/') + 1)]);

    private static string NameOf(string path) => Bare(path)[(Bare(path).LastIndexOf('/') + 1)..];

    private static string Bare(string path) => path.EndsWith(" (deleted)", StringComparison.Ordinal) ? path[..^" (deleted)".Length] : path;

    private static string WordOf(Descriptor descriptor) => descriptor.Kind switch
    {
        DescriptorKind.Pipe => "pipe",
        DescriptorKind.Inotify => "inotify",
        DescriptorKind.EventFd => "eventfd",
        DescriptorKind.EventPoll => "epoll",
        DescriptorKind.TimerFd => "timerfd",
        _ => NamePattern.Of(descriptor.Target),
    };

    /// <summary>What is known of a descriptor that is a socket; null for another, and where nothing is known.</summary>
    public static SocketInfo? SocketOf(Descriptor descriptor, IReadOnlyDictionary<long, SocketInfo> sockets)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        ArgumentNullException.ThrowIfNull(sockets);
        if (descriptor.Kind != DescriptorKind.Socket)
        {
            return null;
        }

        ReadOnlySpan<char> target = descriptor.Target.AsSpan("socket:".Length).Trim("[]");
        return long.TryParse(target, NumberStyles.None, CultureInfo.InvariantCulture, out long inode) ? sockets.GetValueOrDefault(inode) : null;
    }
}
