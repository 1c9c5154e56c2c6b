using Limpet.Capture.Native;
using Limpet.Heap;
using Limpet.Results;

namespace Limpet.Capture.Files;

/// <summary>The sections of a heap file where it is mapped. A section is checked against its checksum when it is asked for, and not before.</summary>
internal sealed unsafe class HeapFileSections(MappedFile file, HeapFileHeader header, string path, CancellationToken cancellation) : IDisposable
{
    private const long BytesBetweenChecks = 64 << 20;

    /// <summary>Whether an optional section is there.</summary>
    public bool Has(SectionId id) => header.Sections.Any(section => section.Id == id);

    /// <summary>Where a section lies.</summary>
    /// <exception cref="HeapFileException">It is missing, or has another length than elements of this size can have.</exception>
    public SectionEntry Find(SectionId id, int elementBytes)
    {
        SectionEntry section = header.Sections.FirstOrDefault(section => section.Id == id);
        return section.Id != id ? throw new HeapFileException($"it was altered: its section {id} is missing.")
            : section.Length % elementBytes != 0 ? throw new HeapFileException($"it was altered: its section {id} has {section.Length} bytes, no multiple of {elementBytes}.")
            : section;
    }

    /// <summary>The first byte of a section that is as it was written.</summary>
    /// <exception cref="HeapFileException">It is not.</exception>
    public byte* Checked(SectionEntry section)
    {
        byte* first = file.Pointer + section.Offset;
        uint state = Crc32C.Start;
        for (long done = 0; done < section.Length; done += BytesBetweenChecks)
        {
            cancellation.ThrowIfCancellationRequested();
            int length = (int)Math.Min(BytesBetweenChecks, section.Length - done);
            MappedFile.BringIn(first + done, length);
            state = Crc32C.Append(state, new ReadOnlySpan<byte>(first + done, length));
        }

        return ~state == section.Checksum ? first : throw new HeapFileException($"it was altered: the checksum of its section {section.Id} is wrong.");
    }

    /// <summary>Reads the records of a section.</summary>
    public T Records<T>(SectionId id, Func<RecordReader, T> read)
    {
        SectionEntry section = Find(id, 1);
        using NativeArray<byte> bytes = new(Checked(section), section.Length, () => { });
        RecordReader records = new(bytes, id);
        T result = read(records);
        return records.AtEnd ? result : throw records.Wrong("bytes follow its last record");
    }

    /// <summary>Says of an error which file has it: whoever looks at an array does not know.</summary>
    public T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (HeapFileException exception)
        {
            throw HeapFile.Unreadable(path, exception);
        }
    }

    public void Dispose() => file.Dispose();
}
