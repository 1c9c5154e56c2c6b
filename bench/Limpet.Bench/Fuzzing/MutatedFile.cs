using Limpet.Capture.Dumps;
using Limpet.Capture.Files;

namespace Limpet.Bench.Fuzzing;

/// <summary>
/// A copy of a file that is altered in place, and made whole again: a dump is too large to be copied for every mutation. Every other time the checksums of a
/// <c>.limpet</c> file are made right after it was altered in one of its sections, or nothing behind them would ever be reached. Every other time
/// a dump is altered in its heap or in what describes a type there.
/// </summary>
internal sealed class MutatedFile : IDisposable
{
    private const int HeadBytes = 16 << 10;
    private readonly byte[] original;
    private readonly FileStream file;
    private readonly List<(int At, int Length)> touched = [];
    private readonly (int Offset, int Length)[] sections;
    private readonly (int Offset, int Length)[] places;

    public MutatedFile(string from, string path)
    {
        original = File.ReadAllBytes(from);
        sections = HeapFile.IsHeapFile(from) ? [.. MendedFile.Sections(original).Where(section => section.Length > 0)] : [];
        places = DumpHeap.IsDump(from) ? DumpPlaces.Of(from, original) : [];
        Path = path;
        File.WriteAllBytes(path, original);
        file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
    }

    public string Path { get; }

    /// <summary>Alters the file as a seed says: bits, words, blocks, its length; half of it near the beginning, where the frame of most formats stands. Says what was done.</summary>
    public string Mutate(int seed)
    {
        Random random = new(seed);
        List<string> done = [];
        int times = random.Next(4) == 0 ? random.Next(2, 40) : 1;
        bool isMended = sections.Length > 0 && seed % 2 == 0;
        bool isPlaced = places.Length > 0 && seed % 2 == 0;
        for (int time = 0; time < times; time++)
        {
            int within = random.Next(2) == 0 ? Math.Min(HeadBytes, original.Length) : original.Length;
            int at = isMended ? In(sections[random.Next(sections.Length)], random)
                : isPlaced ? In(places[random.Next(places.Length)], random)
                : random.Next(within);
            byte[] bytes;
            switch (random.Next(6))
            {
                case 0 when time == 0 && !isMended && !isPlaced:
                    file.SetLength(at);
                    return $"cut to {at} bytes";
                case 1:
                    bytes = [(byte)(original[at] ^ (1 << random.Next(8)))];
                    break;
                case 2:
                    bytes = BitConverter.GetBytes(random.Next(3) switch { 0 => ulong.MaxValue, 1 => 0UL, _ => (ulong)random.NextInt64() });
                    break;
                case 3:
                    bytes = BitConverter.GetBytes(BitConverter.ToInt32([.. original.AsSpan(Math.Min(at, original.Length - 4), 4)]) + random.Next(-3, 4));
                    break;
                case 4:
                    bytes = new byte[random.Next(1, 4096)];
                    random.NextBytes(bytes);
                    break;
                default:
                    // A piece of itself in another place.
                    int from = random.Next(original.Length);
                    bytes = original.AsSpan(from, Math.Min(random.Next(1, 4096), original.Length - from)).ToArray();
                    break;
            }

            int length = Math.Min(bytes.Length, original.Length - at);
            file.Position = at;
            file.Write(bytes, 0, length);
            touched.Add((at, length));
            done.Add($"{length} bytes at {at}");
        }

        if (isMended)
        {
            MendChecksums();
            done.Add("checksums mended");
        }

        return string.Join(", ", done);
    }

    /// <summary>Makes it whole again.</summary>
    public void Mend()
    {
        if (file.Length < original.Length)
        {
            int length = (int)file.Length;
            touched.Add((length, original.Length - length));
        }

        foreach ((int at, int length) in touched)
        {
            file.Position = at;
            file.Write(original, at, length);
        }

        touched.Clear();
    }

    public void Dispose() => file.Dispose();

    private static int In((int Offset, int Length) section, Random random) => section.Offset + random.Next(section.Length);

    private void MendChecksums()
    {
        byte[] altered = new byte[original.Length];
        file.Position = 0;
        file.ReadExactly(altered);
        MendedFile.Mend(altered);
        file.Position = 0;
        file.Write(altered, 0, MendedFile.HeadBytes);
        touched.Add((0, MendedFile.HeadBytes));
    }
}
