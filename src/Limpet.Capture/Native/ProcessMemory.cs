using System.Globalization;
using System.Runtime.InteropServices;

namespace Limpet.Capture.Native;

/// <summary>Reads the memory of another process in bulk (<c>process_vm_readv(2)</c>). Any thread may read.</summary>
internal sealed unsafe class ProcessMemory(int pid) : TargetMemory
{
    public override nuint Read(ulong address, void* destination, nuint length)
    {
        nuint done = 0;
        while (done < length)
        {
            var local = new LibC.IoVector { Base = (byte*)destination + done, Length = length - done };
            var remote = new LibC.IoVector { Base = (void*)(address + done), Length = length - done };
            nint read = LibC.ReadMemory(pid, &local, 1, &remote, 1, 0);
            if (read <= 0)
            {
                if (read < 0 && Marshal.GetLastPInvokeError() == LibC.Interrupted)
                {
                    continue;
                }

                break;
            }

            done += (nuint)read;
        }

        return done;
    }

    public override IEnumerable<(ulong Start, ulong End)> WritableRegions() =>
        Mapped().Where(region => region.Path.Length == 0 || region.Path.StartsWith("/memfd:", StringComparison.Ordinal)).Select(region => (region.Start, region.End));

    public override (ulong Start, ulong End) RegionOf(ulong address) =>
        Mapped().Where(region => region.Start <= address && address < region.End).Select(region => (region.Start, region.End)).FirstOrDefault();

    private IEnumerable<(ulong Start, ulong End, string Path)> Mapped()
    {
        foreach (string line in File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/maps")))
        {
            string[] parts = line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries);
            if (parts[1].StartsWith("rw", StringComparison.Ordinal))
            {
                string[] range = parts[0].Split('-');
                yield return (Convert.ToUInt64(range[0], 16), Convert.ToUInt64(range[1], 16), parts.Length > 5 ? parts[5].Trim() : "");
            }
        }
    }
}
