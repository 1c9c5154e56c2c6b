namespace Limpet.Checks;

/// <summary>Names of what a check reads, as they stand in results.</summary>
internal static class CheckMetric
{
    public const string ManagedBytes = "managedBytes";
    public const string NativeBytes = "nativeBytes";
    public const string Descriptors = "fds";
    public const string Threads = "threads";
    public const string Timers = "timers";
}
