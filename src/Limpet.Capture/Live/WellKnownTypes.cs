using Limpet.Capture.Native;

namespace Limpet.Capture.Live;

/// <summary>Method tables of the base library that the decoder treats specially, and where their fields lie.</summary>
internal sealed class WellKnownTypes
{
    private const int ParentOffset = 0x10;
    private const int MaxDepth = 64;

    public ulong Free { get; init; }

    public ulong MulticastDelegate { get; init; }

    public ulong Task { get; init; }

    public ulong TimerQueue { get; init; }

    /// <summary>The bit of a method table's flags that says that its assembly can be unloaded: 0x00200000 since .NET 9.</summary>
    public uint CollectibleFlag { get; init; } = 0x00200000;

    /// <summary>Offsets within the object, header pointer included; 0 when the field is not there.</summary>
    public int DelegateCodeOffset { get; init; }

    public int DelegateAuxiliaryCodeOffset { get; init; }

    public int TaskStateOffset { get; init; }

    public int ActiveTimersOffset { get; init; }

    /// <summary>Whether the places of the fields are known that such facts are read from: a type that was just being loaded has none yet.</summary>
    public bool KnowsFieldsOf(LayoutFlags facts) => facts switch
    {
        LayoutFlags.Delegate => DelegateCodeOffset != 0 && DelegateAuxiliaryCodeOffset != 0,
        LayoutFlags.AsyncBox => TaskStateOffset != 0,
        LayoutFlags.TimerQueue => ActiveTimersOffset != 0,
        _ => true,
    };

    /// <summary>Whether objects of a type have facts, by its chain of parents.</summary>
    public LayoutFlags Classify(TargetMemory memory, ulong methodTable, ulong parent)
    {
        if (methodTable == TimerQueue && TimerQueue != 0)
        {
            return LayoutFlags.TimerQueue;
        }

        if (parent == MulticastDelegate && parent != 0)
        {
            return LayoutFlags.Delegate;
        }

        // A box derives from Task<T>, which derives from Task: two steps or more.
        for (int depth = 1; parent != 0 && depth < MaxDepth; depth++)
        {
            if (parent == Task)
            {
                return depth >= 2 ? LayoutFlags.AsyncBox : LayoutFlags.None;
            }

            if (!memory.TryRead(parent + ParentOffset, out parent))
            {
                return LayoutFlags.None;
            }
        }

        return LayoutFlags.None;
    }
}
