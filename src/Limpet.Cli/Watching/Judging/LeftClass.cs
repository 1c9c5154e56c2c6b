namespace Limpet.Cli.Watching.Judging;

/// <summary>What kind of thing was left. Each has its own measure of what may be left for good reasons.</summary>
internal enum LeftClass
{
    File,
    DeletedFile,
    Socket,
    Pipe,
    Watch,

    /// <summary>What event loops are made of: poll sets, event counters, timers.</summary>
    EventLoop,
    OtherDescriptor,
    Thread,
    Child,
    Zombie,
}
