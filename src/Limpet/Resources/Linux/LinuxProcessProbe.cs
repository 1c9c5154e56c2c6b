using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text;
using Limpet.Results;

namespace Limpet.Resources.Linux;

/// <summary>
/// A process by open files of <c>/proc</c>. An open file saves the way through the folders, which is most of the cost, and answers with an
/// error once its process has ended, also when the id is given again.
/// </summary>
internal sealed class LinuxProcessProbe : IProcessProbe
{
    /// <summary>Clock ticks a second, in which the kernel tells times; fixed for user programs on all common architectures.</summary>
    internal const long TicksPerSecond = 100;

    private const int NotOpened = -2;
    private const int StatLength = 1024;
    private readonly int stat;
    private int descriptors = NotOpened;
    private int threads = NotOpened;

    private LinuxProcessProbe(int pid, int stat) => (Pid, this.stat) = (pid, stat);

    public int Pid { get; }

    public long StartTime { get; private init; }

    public static LinuxProcessProbe? Open(int pid)
    {
        int file = Native.Open($"/proc/{pid}/stat");
        Span<byte> bytes = stackalloc byte[StatLength];
        int length = file < 0 ? -1 : Native.ReadFromStart(file, bytes);
        if (length > 0 && ProcStat.TryParse(bytes[..length], withName: false, out ProcStat read))
        {
            return new LinuxProcessProbe(pid, file) { StartTime = read.StartTime };
        }

        if (file >= 0)
        {
            Native.Close(file);
        }

        return null;
    }

    public ProcessPulse? Read()
    {
        Span<byte> bytes = stackalloc byte[StatLength];
        int length = Native.ReadFromStart(stat, bytes);
        if (length <= 0 || !ProcStat.TryParse(bytes[..length], withName: false, out ProcStat read))
        {
            return null;
        }

        int signal = read.WaitStatus & 0x7f;
        return new ProcessPulse(
            read.ParentPid,
            read.State,
            new ByteSize(read.RssPages * Environment.SystemPageSize),
            read.Threads,
            TimeSpan.FromSeconds((double)read.CpuTicks / TicksPerSecond),
            read.State is not ('Z' or 'X') ? null : signal == 0 ? (read.WaitStatus >> 8) & 0xff : 128 + signal)
        {
            Program = read.Program,
        };
    }

    public bool TryListDescriptors(List<int> numbers) => TryList(ref descriptors, "fd", numbers);

    public Descriptor? ReadDescriptor(int number)
    {
        Span<byte> target = stackalloc byte[4096];
        return TryReadTarget(number, target, out int length) ? Described(number, target[..length]) : null;
    }

    public Descriptor? ReadExchanged(Descriptor known)
    {
        ArgumentNullException.ThrowIfNull(known);
        Span<byte> target = stackalloc byte[4096];
        Span<byte> before = stackalloc byte[4096];
        if (!TryReadTarget(known.Number, target, out int length)
            || (Encoding.UTF8.TryGetBytes(known.Target, before, out int expected) && target[..length].SequenceEqual(before[..expected])))
        {
            return null;
        }

        // Bytes that are no text are shown as others: only the texts decide.
        return Described(known.Number, target[..length]) is var found && found.Target == known.Target ? null : found;
    }

    public bool TryListThreads(List<int> numbers) => TryList(ref threads, "task", numbers);

    public ThreadPulse? ReadThread(int thread)
    {
        using ProcFile file = ProcFile.Read($"/proc/{Pid}/task/{thread}/stat");
        return file.Status == ReadStatus.Ok && ProcStat.TryParse(file.Bytes, withName: true, out ProcStat read)
            ? new ThreadPulse(read.Name, read.StartTime)
            : null;
    }

    public long? ReadThreadRuns(int thread)
    {
        using ProcFile file = ProcFile.Read($"/proc/{Pid}/task/{thread}/schedstat");
        ReadOnlySpan<byte> text = file.Bytes.TrimEnd((byte)'\n');
        return file.Status == ReadStatus.Ok && Utf8Parser.TryParse(text[(text.LastIndexOf((byte)' ') + 1)..], out long runs, out _) ? runs : null;
    }

    public ByteSize? ReadAllocatorArenas()
    {
        using ProcFile file = ProcFile.Read($"/proc/{Pid}/maps");
        return file.Status == ReadStatus.Ok ? new ByteSize(AllocatorArenas.Sum(file.Bytes)) : null;
    }

    public ImmutableArray<string> ReadCommandLine()
    {
        using ProcFile file = ProcFile.Read($"/proc/{Pid}/cmdline");
        ReadOnlySpan<byte> text = file.Bytes.TrimEnd((byte)0);
        return text.IsEmpty ? [] : [.. Encoding.UTF8.GetString(text).Split('\0')];
    }

    public void Dispose()
    {
        Native.Close(stat);
        Close(ref descriptors);
        Close(ref threads);
    }

    private static Descriptor Described(int number, ReadOnlySpan<byte> target) => new(number, DescriptorKinds.Of(target), Encoding.UTF8.GetString(target));

    private bool TryReadTarget(int number, Span<byte> target, out int length) =>
        (descriptors >= 0 ? Native.TryReadLink(descriptors, number, target, out length) : Native.TryReadLink($"/proc/{Pid}/fd/{number}", target, out length)) == ReadStatus.Ok;

    private bool TryList(ref int folder, string name, List<int> numbers)
    {
        numbers.Clear();
        if (folder == NotOpened)
        {
            folder = Native.Open($"/proc/{Pid}/{name}");
        }

        if (folder >= 0 && Native.TryListNumbers(folder, numbers))
        {
            return true;
        }

        // A process that runs a program of another user is hidden from then on, and one that ran one may be seen again.
        Close(ref folder);
        return false;
    }

    private static void Close(ref int descriptor)
    {
        if (descriptor >= 0)
        {
            Native.Close(descriptor);
        }

        descriptor = NotOpened;
    }
}
