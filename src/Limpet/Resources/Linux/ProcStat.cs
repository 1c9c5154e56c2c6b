using System.Buffers.Text;
using System.Text;

namespace Limpet.Resources.Linux;

/// <summary>The fields of <c>/proc/PID/stat</c> that are used here.</summary>
internal readonly record struct ProcStat(int ParentPid, int Group, char State, int Threads, long StartTime, long RssPages, string Name)
{
    /// <summary>Resident pages are the last field that every kernel has and that is needed, counted from behind the name.</summary>
    private const int LastNeeded = 21;

    /// <summary>Fields behind the name, as far as they are looked at.</summary>
    private const int Fields = 50;

    /// <summary>Processor time in clock ticks, user and system.</summary>
    public long CpuTicks { get; private init; }

    /// <summary>What a parent's <c>wait</c> would give for a process that ended; 0 for one that runs, and where the system hides it.</summary>
    public int WaitStatus { get; private init; }

    /// <summary>Where the program and its arguments lie, in one number: another one for each program that the process runs. 0 where the system hides it.</summary>
    public int Program { get; private init; }

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

        ReadOnlySpan<byte> text = bytes[(close + 2)..];
        Span<long> fields = stackalloc long[Fields];
        fields.Clear();
        Split(text, fields);
        (long startCode, long endCode, long startStack, long startArguments) = (fields[23], fields[24], fields[25], fields[45]);
        stat = new ProcStat(
            ParentPid: (int)fields[1],
            Group: (int)fields[2],
            State: (char)text[0],
            Threads: (int)fields[17],
            StartTime: fields[19],
            RssPages: fields[21],
            Name: withName ? Encoding.UTF8.GetString(bytes[(open + 1)..close]) : "")
        {
            CpuTicks = fields[11] + fields[12],
            WaitStatus = (int)fields[49],
            Program = startStack == 0 ? 0 : HashCode.Combine(startCode, endCode, startStack, startArguments),
        };
        return true;
    }

    /// <summary>What is no number, as the state is, or too large for one, stays 0.</summary>
    private static void Split(ReadOnlySpan<byte> text, Span<long> fields)
    {
        for (int i = 0; i < fields.Length; i++)
        {
            if (Utf8Parser.TryParse(text, out long value, out _))
            {
                fields[i] = value;
            }

            int end = text.IndexOf((byte)' ');
            if (end < 0)
            {
                return;
            }

            text = text[(end + 1)..];
        }
    }
}
