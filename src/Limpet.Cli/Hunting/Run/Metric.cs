namespace Limpet.Cli.Hunting.Run;

/// <summary>Names of the readings, as they stand in results.</summary>
internal static class Metric
{
    public const string Objects = "objects";
    public const string ManagedBytes = "managedBytes";
    public const string Descriptors = "fds";
    public const string Threads = "threads";
    public const string Timers = "timers";
    public const string PendingAsync = "pendingAsync";
    public const string PrivateBytes = "privateBytes";
    public const string NativeBytes = "nativeBytes";
    public const string FinalizerQueue = "finalizerQueue";
}
