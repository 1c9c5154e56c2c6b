using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Limpet.Resources;
using Microsoft.Win32.SafeHandles;

namespace Limpet.Capture.Residency;

/// <summary>
/// Reads <c>/proc/PID/pagemap</c>: eight bytes for each page of a mapping. Whoever may read the memory of a process may read this; where the
/// kernel does not offer it, memory is taken to lie evenly in its mapping.
/// </summary>
internal sealed class PageMap : IDisposable
{
    private const int EntrySize = sizeof(ulong);
    private const int EntriesAtOnce = 64 * 1024;
    private const ulong Present = 1UL << 63;

    /// <summary>Mapped by this process alone. The page of zeros that the kernel lends to memory that was never written is not, and does not count as resident.</summary>
    private const ulong Exclusive = 1UL << 56;

    /// <summary>A mapping beyond this is a reservation, of which a list of pages would be a waste.</summary>
    private const ulong LargestMapping = 64UL << 30;

    private readonly SafeFileHandle? file;
    private readonly byte[] buffer = new byte[EntriesAtOnce * EntrySize];

    private PageMap(SafeFileHandle? file) => this.file = file;

    public static PageMap Open(int pid)
    {
        try
        {
            return new PageMap(File.OpenHandle(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/pagemap")));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new PageMap(null);
        }
    }

    /// <summary>The pages of a mapping that are in memory.</summary>
    public PageBits Read(MemoryArea area)
    {
        if (file is null || area.End - area.Start > LargestMapping || !TryRead(area, out ulong[] present, out ulong[] exclusive))
        {
            return PageBits.Evenly(area.Start, area.End, area.ResidentBytes);
        }

        // Pages that a fork shares are no process's alone, and are resident; pages of zeros are neither.
        long off(ulong[] bits) => Math.Abs((bits.Sum(word => (long)BitOperations.PopCount(word)) * PageBits.PageSize) - area.ResidentBytes);
        return new PageBits(area.Start, area.End, off(exclusive) <= off(present) ? exclusive : present);
    }

    public void Dispose() => file?.Dispose();

    private bool TryRead(MemoryArea area, out ulong[] present, out ulong[] exclusive)
    {
        long pages = (long)((area.End - area.Start) / PageBits.PageSize);
        present = new ulong[(pages + 63) / 64];
        exclusive = new ulong[present.Length];
        long first = (long)(area.Start / PageBits.PageSize);
        for (long page = 0; page < pages;)
        {
            int wanted = (int)Math.Min(EntriesAtOnce, pages - page);
            int read;
            try
            {
                read = RandomAccess.Read(file!, buffer.AsSpan(0, wanted * EntrySize), (first + page) * EntrySize) / EntrySize;
            }
            catch (IOException)
            {
                return false;
            }

            if (read == 0)
            {
                return false;
            }

            foreach (ulong entry in MemoryMarshal.Cast<byte, ulong>(buffer.AsSpan(0, read * EntrySize)))
            {
                if ((entry & Present) != 0)
                {
                    ulong bit = 1UL << (int)(page & 63);
                    present[page >> 6] |= bit;
                    exclusive[page >> 6] |= (entry & Exclusive) != 0 ? bit : 0;
                }

                page++;
            }
        }

        return true;
    }
}
