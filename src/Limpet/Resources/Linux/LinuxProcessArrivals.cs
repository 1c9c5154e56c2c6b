namespace Limpet.Resources.Linux;

/// <summary>
/// New processes by the list of <c>/proc</c>. The last field of <c>/proc/loadavg</c> is the last id that was given, to a process or a thread:
/// while it stays the same there is nothing new, and the list need not be read.
/// </summary>
internal sealed class LinuxProcessArrivals : IProcessArrivals
{
    private readonly int load = Native.Open("/proc/loadavg");
    private readonly int folder = Native.Open("/proc");
    private readonly List<int> listed = [];
    private HashSet<int> known = [];
    private HashSet<int> spare = [];
    private ulong last;

    public void List(List<int> pids, bool all = false)
    {
        pids.Clear();
        ulong now = LastGiven();
        if (!all && now != 0 && now == last)
        {
            return;
        }

        last = now;
        if (!Native.TryListNumbers(folder, listed))
        {
            return;
        }

        spare.Clear();
        foreach (int pid in listed)
        {
            spare.Add(pid);
            if (all || !known.Contains(pid))
            {
                pids.Add(pid);
            }
        }

        (known, spare) = (spare, known);
    }

    public void Dispose()
    {
        Native.Close(load);
        Native.Close(folder);
    }

    private ulong LastGiven()
    {
        Span<byte> bytes = stackalloc byte[128];
        int length = Native.ReadFromStart(load, bytes);
        if (length <= 0)
        {
            return 0;
        }

        ReadOnlySpan<byte> text = bytes[..length].TrimEnd((byte)'\n');
        return System.Buffers.Text.Utf8Parser.TryParse(text[(text.LastIndexOf((byte)' ') + 1)..], out ulong given, out _) ? given : 0;
    }
}
