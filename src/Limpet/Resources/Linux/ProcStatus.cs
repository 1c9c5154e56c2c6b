using System.Buffers.Text;

namespace Limpet.Resources.Linux;

/// <summary>The fields of <c>/proc/PID/status</c> that are used here: readable for every user.</summary>
internal readonly record struct ProcStatus(int? Uid, int? InnermostPid)
{
    public static ProcStatus Read(int pid)
    {
        using ProcFile file = ProcFile.Read($"/proc/{pid}/status");
        // `Uid: real effective saved file`: files that the process creates belong to the effective user.
        // `NSpid: outermost … innermost`: the runtime names its socket by the id that it sees itself.
        return new ProcStatus(Number(file.Bytes, "\nUid:"u8, 1), Number(file.Bytes, "\nNSpid:"u8, int.MaxValue));
    }

    private static int? Number(ReadOnlySpan<byte> file, ReadOnlySpan<byte> name, int index)
    {
        int at = file.IndexOf(name);
        if (at < 0)
        {
            return null;
        }

        ReadOnlySpan<byte> line = file[(at + name.Length)..];
        int end = line.IndexOf((byte)'\n');
        line = end < 0 ? line : line[..end];
        int? last = null;
        for (int i = 0; i <= index; i++)
        {
            line = line.TrimStart("\t "u8);
            if (!Utf8Parser.TryParse(line, out int value, out int length))
            {
                break;
            }

            last = value;
            line = line[length..];
        }

        return last;
    }
}
