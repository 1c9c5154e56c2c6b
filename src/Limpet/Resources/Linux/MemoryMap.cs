using System.Buffers.Text;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Limpet.Results;

namespace Limpet.Resources.Linux;

/// <summary>Reads <c>/proc/PID/smaps</c>: one walk over the pages gives the sums and each mapping's part.</summary>
internal sealed class MemoryMap
{
    /// <summary>The largest guard below a stack.</summary>
    private const ulong LargestGuard = 64 * 1024;

    /// <summary>glibc begins its arenas at multiples of this.</summary>
    private const ulong ArenaSize = 64 * 1024 * 1024;
    private readonly ImmutableArray<MemoryArea>.Builder areas = ImmutableArray.CreateBuilder<MemoryArea>();
    private ulong start;
    private ulong end;
    private ulong guardEnd;
    private MemoryAreaKind kind;
    private string area = "";
    private long own;
    private long resident;

    public ByteSize Rss { get; private set; }

    public ByteSize Private { get; private set; }

    public ByteSize Anonymous { get; private set; }

    public ByteSize Swap { get; private set; }

    public ImmutableArray<MemoryArea> Areas { get; private set; } = [];

    public static ReadStatus TryRead(int pid, out MemoryMap? map)
    {
        using ProcFile file = ProcFile.Read($"/proc/{pid}/smaps");
        map = file.Status == ReadStatus.Ok ? Parse(file.Bytes) : null;
        return file.Status;
    }

    public static MemoryMap Parse(ReadOnlySpan<byte> text)
    {
        MemoryMap map = new();
        while (!text.IsEmpty)
        {
            int length = text.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = length < 0 ? text : text[..length];
            text = length < 0 ? [] : text[(length + 1)..];
            if (line.Length > 0 && (char.IsAsciiDigit((char)line[0]) || line[0] is >= (byte)'a' and <= (byte)'f'))
            {
                map.Begin(line);
            }
            else
            {
                map.Add(line);
            }
        }

        map.Close();
        map.Areas = map.areas.ToImmutable();
        return map;
    }

    private void Begin(ReadOnlySpan<byte> line)
    {
        Close();
        int dash = line.IndexOf((byte)'-');
        int space = line.IndexOf((byte)' ');
        start = ulong.Parse(line[..dash], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        end = ulong.Parse(line[(dash + 1)..space], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        ReadOnlySpan<byte> rights = line.Slice(space + 1, 4);
        int name = line.LastIndexOf((byte)' ') + 1;
        int slash = line.IndexOf((byte)'/');
        ReadOnlySpan<byte> called = slash >= 0 ? line[slash..] : line[name..];
        kind = KindOf(rights, called);
        area = Encoding.UTF8.GetString(called);
        guardEnd = rights.StartsWith("---"u8) && end - start <= LargestGuard ? end : guardEnd;
    }

    private MemoryAreaKind KindOf(ReadOnlySpan<byte> rights, ReadOnlySpan<byte> name)
    {
        bool isNamed = name.StartsWith("/"u8);
        return name.StartsWith("[stack"u8) || (!isNamed && name.IsEmpty && start == guardEnd && start % ArenaSize != 0) ? MemoryAreaKind.Stack
            : name.StartsWith("/memfd:doublemapper"u8) || (!isNamed && rights.Contains((byte)'x')) ? MemoryAreaKind.CodeAndTypes
            : isNamed ? MemoryAreaKind.File
            : MemoryAreaKind.Anonymous;
    }

    private void Add(ReadOnlySpan<byte> line)
    {
        int colon = line.IndexOf((byte)':');
        if (colon < 0 || !Utf8Parser.TryParse(line[(colon + 1)..].TrimStart((byte)' '), out long kib, out _))
        {
            return;
        }

        ByteSize size = new(kib * 1024);
        switch (line[..colon])
        {
            case var name when name.SequenceEqual("Rss"u8):
                Rss = new ByteSize(Rss.Bytes + size.Bytes);
                resident += size.Bytes;
                break;
            case var name when name.SequenceEqual("Private_Clean"u8) || name.SequenceEqual("Private_Dirty"u8):
                Private = new ByteSize(Private.Bytes + size.Bytes);
                own += size.Bytes;
                break;
            case var name when name.SequenceEqual("Anonymous"u8):
                Anonymous = new ByteSize(Anonymous.Bytes + size.Bytes);
                break;
            case var name when name.SequenceEqual("Swap"u8):
                Swap = new ByteSize(Swap.Bytes + size.Bytes);
                break;
            default:
                break;
        }
    }

    private void Close()
    {
        if (resident > 0)
        {
            areas.Add(new MemoryArea(start, end, kind, own) { ResidentBytes = resident, Name = area });
        }

        own = 0;
        resident = 0;
    }
}
