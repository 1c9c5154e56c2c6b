using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Limpet.Results;

namespace Limpet.Capture.Symbols;

/// <summary>
/// The lines of a module's methods, from the portable PDB inside the module or beside it. One that was made for another build is
/// not taken: its id must be the one that the module's debug directory states.
/// </summary>
internal sealed class PortablePdb : IDisposable
{
    private const int MostEmbedded = 256 << 20;
    private readonly MetadataReaderProvider provider;
    private readonly MetadataReader reader;

    private PortablePdb(MetadataReaderProvider provider, MetadataReader reader)
    {
        this.provider = provider;
        this.reader = reader;
    }

    /// <summary>The symbols of a module; null when there are none that match it.</summary>
    /// <param name="module">The module.</param>
    /// <param name="path">Its file.</param>
    public static PortablePdb? Open(PEReader module, string path)
    {
        ImmutableArray<DebugDirectoryEntry> entries = module.ReadDebugDirectory();
        foreach (DebugDirectoryEntry entry in entries.Where(entry => entry.Type == DebugDirectoryEntryType.CodeView && entry.IsPortableCodeView))
        {
            CodeViewDebugDirectoryData stated = module.ReadCodeViewDebugDirectoryData(entry);
            BlobContentId id = new(stated.Guid, entry.Stamp);
            if ((UnreadableFile.OrNull(() => Match(Embedded(module, entries), id)) ?? UnreadableFile.OrNull(() => Match(Beside(path, stated.Path), id))) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>The first line of a method; null when it has none.</summary>
    public SourceLine? FirstLine(MethodDefinitionHandle method) => LineAt(method, int.MaxValue, first: true);

    /// <summary>The line of the statement that the instruction at <paramref name="offset"/> belongs to.</summary>
    public SourceLine? LineAt(MethodDefinitionHandle method, int offset) => LineAt(method, offset, first: false);

    public void Dispose() => provider.Dispose();

    private SourceLine? LineAt(MethodDefinitionHandle method, int offset, bool first)
    {
        MethodDebugInformation information = reader.GetMethodDebugInformation(method.ToDebugInformationHandle());
        SequencePoint? best = null;
        foreach (SequencePoint point in information.GetSequencePoints())
        {
            if (point.Offset > offset)
            {
                break;
            }

            if (!point.IsHidden)
            {
                best = point;
                if (first)
                {
                    break;
                }
            }
        }

        return best is { Document.IsNil: false } found ? new SourceLine(FileOf(found.Document), found.StartLine) : null;
    }

    /// <summary>The name without folders, which may be those of any system.</summary>
    private string FileOf(DocumentHandle document)
    {
        string path = reader.GetString(reader.GetDocument(document).Name);
        return path[(path.LastIndexOfAny(['/', '\\']) + 1)..];
    }

    private static PortablePdb? Match(MetadataReaderProvider? provider, BlobContentId id)
    {
        if (provider is null)
        {
            return null;
        }

        try
        {
            MetadataReader reader = provider.GetMetadataReader();
            if (reader.DebugMetadataHeader is { } header && new BlobContentId(header.Id) == id)
            {
                return new PortablePdb(provider, reader);
            }
        }
        catch
        {
            provider.Dispose();
            throw;
        }

        provider.Dispose();
        return null;
    }

    private static MetadataReaderProvider? Embedded(PEReader module, ImmutableArray<DebugDirectoryEntry> entries)
    {
        foreach (DebugDirectoryEntry entry in entries.Where(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb))
        {
            // "MPDB", then the length when unpacked: memory is taken by what the file says of itself.
            ReadOnlySpan<byte> start = module.GetEntireImage().GetContent(entry.DataPointer, 8).AsSpan();
            if (BinaryPrimitives.ReadInt32LittleEndian(start[4..]) is > 0 and <= MostEmbedded)
            {
                return module.ReadEmbeddedPortablePdbDebugDirectoryData(entry);
            }
        }

        return null;
    }

    private static MetadataReaderProvider? Beside(string path, string stated)
    {
        string folder = Path.GetDirectoryName(path) ?? "";
        string name = stated[(stated.LastIndexOfAny(['/', '\\']) + 1)..];
        foreach (string candidate in new[] { name, Path.GetFileNameWithoutExtension(path) + ".pdb" }.Where(candidate => candidate.Length > 0).Distinct())
        {
            if (FileBytes.Read(Path.Combine(folder, candidate)) is { } bytes)
            {
                return MetadataReaderProvider.FromPortablePdbImage(bytes);
            }
        }

        return null;
    }
}
