using Limpet.Capture.Native;

namespace Limpet.Capture.Members;

/// <summary>
/// Reads what the runtime wrote down about a loaded type: its parent, module, type arguments and fields. These are not changed any
/// more once the type has objects, so the target may be running. Source of the format: <c>methodtable.h</c>, <c>class.h</c> and
/// <c>field.h</c> of the runtime, .NET 8 to 10.
/// </summary>
internal sealed unsafe class MethodTableReader
{
    private const int ParentOffset = 0x10;
    private const int ModuleOffset = 0x18;
    private const int ClassOffset = 0x28;
    private const int ArgumentsOffset = 0x30;
    private const uint CategoryMask = 0x000C0000;
    private const uint ValueTypeCategory = 0x00040000;
    private const int FieldBytes = 16;
    private const int MaxFields = 1 << 14;
    private const int MaxArguments = 1 << 10;
    private readonly TargetMemory memory;
    private readonly int fieldListOffset;

    /// <summary>Prepares to read; <paramref name="stringType"/> is the method table of <see cref="string"/>, whose three fields show where a class keeps its list of fields.</summary>
    public MethodTableReader(TargetMemory memory, ulong stringType)
    {
        this.memory = memory;
        fieldListOffset = FindFieldList(stringType);
    }

    /// <summary>Whether this runtime keeps its fields where they are expected.</summary>
    public bool IsKnown => fieldListOffset != 0;

    public ulong Parent(ulong methodTable) => Pointer(methodTable + ParentOffset);

    public ulong Module(ulong methodTable) => Pointer(methodTable + ModuleOffset);

    /// <summary>The method table of the elements of an array.</summary>
    public ulong ElementType(ulong arrayType) => Pointer(arrayType + ArgumentsOffset);

    public bool IsValueType(ulong methodTable) =>
        memory.TryRead(methodTable, out uint flags) && (flags & CategoryMask) == ValueTypeCategory;

    /// <summary>The method tables of a generic type's own arguments; empty for other types.</summary>
    public ulong[] Arguments(ulong methodTable)
    {
        // In the 8 bytes before the dictionaries stand their number and that of the arguments; the last dictionary is that of the type itself.
        ulong dictionaries = Pointer(methodTable + ArgumentsOffset);
        if (dictionaries == 0 || !memory.TryRead(dictionaries - 8, out ulong counts))
        {
            return [];
        }

        int dictionaryCount = (int)((counts >> 32) & 0xffff);
        int argumentCount = (int)(counts >> 48);
        if (dictionaryCount is 0 or > MaxArguments || argumentCount is 0 or > MaxArguments)
        {
            return [];
        }

        ulong own = Pointer(dictionaries + (8UL * (ulong)(dictionaryCount - 1)));
        var arguments = new ulong[argumentCount];
        for (int index = 0; index < argumentCount; index++)
        {
            arguments[index] = Pointer(own + (8UL * (ulong)index));
        }

        return arguments;
    }

    /// <summary>The fields that a type declares itself, static ones included, in the order of their declaration.</summary>
    public List<RuntimeField> Fields(ulong methodTable)
    {
        var fields = new List<RuntimeField>();
        ulong owner = Canonical(methodTable);
        ulong list = fieldListOffset == 0 ? 0 : Pointer(Class(owner) + (ulong)fieldListOffset);
        if (list == 0)
        {
            return fields;
        }

        // Each entry names its owner: the list ends where another's begins.
        const int Batch = 16;
        ulong* entries = stackalloc ulong[2 * Batch];
        while (fields.Count < MaxFields)
        {
            int read = (int)memory.Read(list + (ulong)(fields.Count * FieldBytes), entries, Batch * FieldBytes) / FieldBytes;
            for (int index = 0; index < read; index++)
            {
                if (entries[2 * index] != owner)
                {
                    return fields;
                }

                fields.Add(new RuntimeField(entries[(2 * index) + 1]));
            }

            if (read == 0)
            {
                return fields;
            }
        }

        return fields;
    }

    /// <summary>Type arguments that are all references share one class: that of the canonical method table.</summary>
    private ulong Canonical(ulong methodTable)
    {
        ulong value = Pointer(methodTable + ClassOffset);
        return (value & 1) != 0 ? value & ~1UL : methodTable;
    }

    private ulong Class(ulong canonical) => Pointer(canonical + ClassOffset);

    private ulong Pointer(ulong address) => memory.TryRead(address, out ulong value) ? value : 0;

    private int FindFieldList(ulong stringType)
    {
        ulong type = Class(stringType);
        for (int offset = 8; type != 0 && offset <= 0x48; offset += 8)
        {
            ulong list = Pointer(type + (ulong)offset);
            if (list > 0x10000 && (list & 7) == 0 && Pointer(list) == stringType && Pointer(list + FieldBytes) == stringType && Pointer(list + (2 * FieldBytes)) == stringType)
            {
                return offset;
            }
        }

        return 0;
    }
}
