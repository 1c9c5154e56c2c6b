using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using Limpet.Capture.Members;
using Limpet.Capture.Native;
using Limpet.Heap;
using Limpet.Heap.Holders;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Live;

/// <summary>
/// Static and thread static fields. The collector knows them only as slots of arrays that handles hold; here each slot gets its
/// field's name. Addresses of statics do not change once their type is initialised, so each is looked up once; their values are read
/// in every stop. Those of types that can be unloaded are left out: their places move and are used again, and their loader allocator leads to what they hold.
/// </summary>
internal sealed unsafe class StaticSlots(TargetMemory memory, Func<ClrRuntime, ClrType, string?> nameOf)
{
    private readonly Dictionary<ulong, string> statics = [];

    /// <summary>Static structs by the address that the debugging library has for them, on .NET 8.</summary>
    private readonly Dictionary<ulong, string> structStatics = [];

    /// <summary>Method tables of types with thread statics: field objects of the debugging library do not outlive a capture.</summary>
    private readonly HashSet<ulong> threadStaticTypes = [];

    /// <summary>Slots of handle arrays with their values, as they were in the stop.</summary>
    private readonly List<(ulong Slot, ulong Value)> slots = [];

    private readonly List<(ulong Value, bool IsInterior, string Name, int ThreadId)> threadValues = [];

    /// <summary>The elements of the handle arrays.</summary>
    private readonly List<(ulong Start, ulong End)> arrays = [];

    /// <summary>Types whose static fields have been found, and those that have none.</summary>
    private readonly HashSet<ulong> settled = [];

    /// <summary>The types among <paramref name="methodTables"/> that may have static fields of which no name is known yet.</summary>
    public IEnumerable<ulong> Unsettled(IEnumerable<ulong> methodTables) => methodTables.Where(methodTable => !settled.Contains(methodTable));

    /// <summary>Types that hold something in a slot that has no name yet, since .NET 9. The target may be running.</summary>
    public IEnumerable<ulong> FindUnlisted(IReadOnlyList<(ulong Start, ulong End)> heap) =>
        UnnamedCount == 0 || arrays.Count == 0 ? [] : Unsettled(StaticsBlock.FindTypes(memory, arrays.Min(array => array.Start), arrays.Max(array => array.End), heap));

    /// <summary>Looks up the static fields of a type by what the runtime wrote down about it, since .NET 9. The target may be running.</summary>
    public void LookUp(ClrRuntime runtime, ulong methodTable, MethodTableReader types, LoadedModules modules)
    {
        List<RuntimeField> fields = types.Fields(methodTable);
        if (fields.Exists(field => field.IsThreadStatic && (field.IsReference || field.IsStruct)))
        {
            threadStaticTypes.Add(methodTable);
        }

        fields.RemoveAll(field => !field.IsStatic || field.IsThreadStatic || field.IsMapped || !(field.IsReference || field.IsStruct));
        ulong? start = fields.Count == 0 ? null : StaticsBlock.References(memory, methodTable);
        if (start == 0)
        {
            // It was not used yet and is asked again.
            return;
        }

        if (start is not null && runtime.GetTypeByMethodTable(methodTable) is { IsCollectible: true })
        {
            return;
        }

        settled.Add(methodTable);
        if (start is { } references && modules.Find(types.Module(methodTable)) is { } module && runtime.GetTypeByMethodTable(methodTable) is { } owner && nameOf(runtime, owner) is { } name)
        {
            string type = SourceNames.Type(name);
            foreach (RuntimeField field in fields)
            {
                // A struct lies in a box, and the slot refers to that.
                FieldDefinition definition = module.Reader.GetFieldDefinition(MetadataTokens.FieldDefinitionHandle(field.Row));
                statics[references + (ulong)field.Offset] = $"{type}.{SourceNames.Field(module.Reader.GetString(definition.Name))}";
            }
        }
    }

    /// <summary>Looks up the static fields of a type by the debugging library. The target stands still.</summary>
    public void LookUp(ClrRuntime runtime, ulong methodTable)
    {
        if (runtime.GetTypeByMethodTable(methodTable) is not { IsCollectible: false } type)
        {
            return;
        }

        // A type that was not used yet has no place for its fields; it is asked again.
        bool all = true;
        foreach (ClrStaticField field in type.StaticFields)
        {
            if (field.Name is null || (!field.IsObjectReference && field.ElementType != ClrElementType.Struct))
            {
                continue;
            }

            ulong address = runtime.AppDomains.Select(field.GetAddress).FirstOrDefault(found => found != 0);
            all &= address != 0;
            if (address != 0)
            {
                (field.IsObjectReference ? statics : structStatics)[address] = NameOf(runtime, type, field);
            }
        }

        if (all)
        {
            settled.Add(methodTable);
        }

        if (type.ThreadStaticFields.Any(MayHold))
        {
            threadStaticTypes.Add(methodTable);
        }
    }

    /// <summary>Reads the values of slots. The target stands still.</summary>
    public void Read(ClrRuntime runtime, RootSet roots)
    {
        slots.Clear();
        threadValues.Clear();
        arrays.Clear();
        ulong[] values = [];
        foreach (ulong array in roots.HandleArrays)
        {
            if (!memory.TryRead(array + 8, out uint length))
            {
                continue;
            }

            ulong first = array + 16;
            arrays.Add((first, first + (8UL * length)));
            if (values.Length < length)
            {
                values = new ulong[Math.Max(length, 1024)];
            }

            fixed (ulong* destination = values)
            {
                long read = (long)memory.Read(first, destination, (nuint)length * 8) / 8;
                for (int index = 0; index < read; index++)
                {
                    if (values[index] != 0)
                    {
                        slots.Add((first + (8UL * (ulong)index), values[index]));
                    }
                }
            }
        }

        foreach (ulong address in statics.Keys)
        {
            if (!arrays.Exists(array => address >= array.Start && address < array.End) && memory.TryRead(address, out ulong value) && value != 0)
            {
                slots.Add((address, value));
            }
        }

        ReadThreadStatics(runtime);
    }

    private void ReadThreadStatics(ClrRuntime runtime)
    {
        ClrThread[] threads = [.. runtime.Threads.Where(thread => thread.IsAlive)];
        foreach (ulong methodTable in threadStaticTypes)
        {
            if (runtime.GetTypeByMethodTable(methodTable) is not { } type)
            {
                continue;
            }

            foreach (ClrThreadStaticField field in type.ThreadStaticFields.Where(MayHold))
            {
                foreach (ClrThread thread in threads)
                {
                    if (field.GetAddress(thread) is var address and not 0 && memory.TryRead(address, out ulong value) && (value != 0 || !field.IsObjectReference))
                    {
                        bool isInBox = !field.IsObjectReference && !IsBox(value, field);
                        threadValues.Add((isInBox ? address : value, isInBox, NameOf(runtime, type, field), thread.ManagedThreadId));
                    }
                }
            }
        }
    }

    private static bool MayHold(ClrThreadStaticField field) => field.IsObjectReference || field.ElementType == ClrElementType.Struct;

    /// <summary>Whether a slot holds the box that a struct lies in. Where it does not, its address is inside of the box.</summary>
    private bool IsBox(ulong value, ClrThreadStaticField field) =>
        value != 0 && field.Type is { MethodTable: not 0 } type && memory.TryRead(value, out ulong methodTable) && methodTable == type.MethodTable;

    /// <summary>Slots that hold something but have no name yet: types that were loaded since, or literals.</summary>
    public int UnnamedCount => slots.Count(slot => !statics.ContainsKey(slot.Slot) && !structStatics.ContainsKey(slot.Slot));

    /// <summary>The named roots.</summary>
    public IEnumerable<RawRoot> Roots()
    {
        var inSlots = new HashSet<ulong>();
        foreach ((ulong slot, ulong value) in slots)
        {
            // A struct with references lives in a box; depending on the runtime its address is that of the slot that holds the box.
            inSlots.Add(slot);
            if (statics.TryGetValue(slot, out string? name) || structStatics.TryGetValue(slot, out name))
            {
                yield return new RawRoot(value, RootKind.StaticField, false) { Name = name };
            }
        }

        // A slot of a table that holds nothing is no box.
        foreach ((ulong address, string name) in structStatics.Where(field => !inSlots.Contains(field.Key) && !arrays.Exists(array => field.Key >= array.Start && field.Key < array.End)))
        {
            // The address lies within the struct's box in the heap; where it does not, the struct holds no references.
            yield return new RawRoot(address, RootKind.StaticField, true) { Name = name };
        }

        foreach ((ulong value, bool isInterior, string name, int thread) in threadValues)
        {
            yield return new RawRoot(value, RootKind.ThreadStatic, isInterior) { Name = name, ThreadId = thread };
        }
    }

    private string NameOf(ClrRuntime runtime, ClrType type, ClrField field) => $"{SourceNames.Type(nameOf(runtime, type) ?? "(unknown type)")}.{SourceNames.Field(field.Name ?? "(field)")}";
}
