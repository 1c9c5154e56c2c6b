namespace Limpet.Resources;

/// <summary>What a descriptor is.</summary>
public enum DescriptorKind
{
    /// <summary>A file, directory or device with a path.</summary>
    File,

    /// <summary>A file that was deleted while it is open: its space is freed when the descriptor is closed.</summary>
    DeletedFile,

    /// <summary>A socket of any family.</summary>
    Socket,

    /// <summary>A pipe without a name.</summary>
    Pipe,

    /// <summary>A file system watch (<c>FileSystemWatcher</c>).</summary>
    Inotify,

    /// <summary>An event counter.</summary>
    EventFd,

    /// <summary>A poll set; a .NET process has one for each socket engine.</summary>
    EventPoll,

    /// <summary>A timer of the operating system.</summary>
    TimerFd,

    /// <summary>Anything else: memory files, signal descriptors, performance counters.</summary>
    Other,
}
