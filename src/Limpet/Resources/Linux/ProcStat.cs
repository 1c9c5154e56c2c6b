using System.Buffers.Text;
using System.Text;

namespace Limpet.Resources.Linux;

/// <summary>The fields of <c>/proc/PID/stat</c> that are used here.</summary>
internal readonly record struct ProcStat(int ParentPid, int Group, char State, int Threads, long StartTime, long RssPages, string Name)
{
    /// <summary>Resident pages are the last field that every kernel has and that is needed, counted from behind the name.</summary>
    private const int LastNeeded = 21;

    /// <summary>Processor time in clock ticks, user and system.</summary>
    public long CpuTicks { get; private init; }

    /// <summary>What a parent's <c>wait</c> would give for a process that ended; 0 for one that runs, and where the system hides it.</summary>
    public int WaitStatus { get; private init; }

    public static ReadStatus TryRead(int pid, bool withName, out ProcStat stat)
    {
        stat = default;
        using ProcFile file = ProcFile.Read($"/proc/{pid}/stat");
        if (file.Status != ReadStatus.Ok)
        {
            return file.Status;
        }

        return TryParse(file.Bytes, withName, out stat) ? ReadStatus.Ok : ReadStatus.Gone;
    }

    public static bool TryParse(ReadOnlySpan<byte> bytes, bool withName, out ProcStat stat)
    {
        // The name stands in parentheses and may itself hold parentheses and spaces: the fields follow the last one.
        stat = default;
        int open = bytes.IndexOf((byte)'(');
        int close = bytes.LastIndexOf((byte)')');
        if (open < 0 || close < open || bytes[close..].Count((byte)' ') <= LastNeeded)
        {
            return false;
        }

        ReadOnlySpan<byte> fields = bytes[(close + 2)..];
        stat = new ProcStat(
            ParentPid: (int)Field(fields, 1),
            Group: (int)Field(fields, 2),
            State: (char)fields[0],
            Threads: (int)Field(fields, 17),
            StartTime: Field(fields, 19),
            RssPages: Field(fields, 21),
            Name: withName ? Encoding.UTF8.GetString(bytes[(open + 1)..close]) : "")
        {
            CpuTicks = Field(fields, 11) + Field(fields, 12),
            WaitStatus = (int)Field(fields, 49),
        };
        return true;
    }

    private static long Field(ReadOnlySpan<byte> fields, int index)
    {
        for (; index > 0; index--)
        {
            fields = fields[(fields.IndexOf((byte)' ') + 1)..];
        }

        return Utf8Parser.TryParse(fields, out long value, out _) ? value : 0;
    }
}
