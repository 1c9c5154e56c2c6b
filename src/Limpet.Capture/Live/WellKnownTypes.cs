using Limpet.Capture.Native;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Live;

/// <summary>
/// Types of the base library that the decoder treats specially, and where their fields lie. They are learnt from the types of the
/// heap as those are named.
/// </summary>
internal sealed class WellKnownTypes(ulong free, ulong text, uint collectibleFlag)
{
    private const int ParentOffset = 0x10;
    private const int MaxDepth = 64;
    private const int HeaderPointer = 8;

    /// <summary>What <see cref="Learn"/> looks for.</summary>
    public static readonly string[] Names =
    [
        "System.MulticastDelegate", "System.Threading.Tasks.Task", "System.Threading.TimerQueue", "System.Threading.TimerQueueTimer",
    ];

    /// <summary>The method table of free space.</summary>
    public ulong Free { get; } = free;

    /// <summary>The method table of <see cref="string"/>.</summary>
    public ulong String { get; } = text;

    /// <summary>The bit of a method table's flags that says that its assembly can be unloaded: 0x00200000 since .NET 9.</summary>
    public uint CollectibleFlag { get; } = collectibleFlag;

    public ulong MulticastDelegate { get; private set; }

    public ulong Task { get; private set; }

    public ulong TimerQueue { get; private set; }

    public ulong Timer { get; private set; }

    /// <summary>Offsets within the object, header pointer included; 0 when the field is not there.</summary>
    public int DelegateCodeOffset { get; private set; }

    public int DelegateAuxiliaryCodeOffset { get; private set; }

    public int TaskStateOffset { get; private set; }

    public int ActiveTimersOffset { get; private set; }

    public int TimerPeriodOffset { get; private set; }

    public int TimerDueOffset { get; private set; }

    /// <summary>Looks whether a type, or one that it derives from, is one of these.</summary>
    /// <param name="type">The type.</param>
    /// <param name="offsetOf">Finds a field of a type, counted from the first one; null when it is not there.</param>
    public void Learn(ClrType type, Func<ulong, string, int?> offsetOf)
    {
        int OffsetOf(ClrType owner, string field) => offsetOf(owner.MethodTable, field) + HeaderPointer ?? 0;
        for (ClrType? at = type; at is not null; at = at.BaseType)
        {
            switch (at.Name)
            {
                case "System.MulticastDelegate" when MulticastDelegate == 0:
                    MulticastDelegate = at.MethodTable;
                    break;
                case "System.Delegate" when DelegateCodeOffset == 0:
                    DelegateCodeOffset = OffsetOf(at, "_methodPtr");
                    DelegateAuxiliaryCodeOffset = OffsetOf(at, "_methodPtrAux");
                    break;
                case "System.Threading.Tasks.Task" when Task == 0:
                    TaskStateOffset = OffsetOf(at, "m_stateFlags");
                    Task = at.MethodTable;
                    break;
                case "System.Threading.TimerQueue" when TimerQueue == 0:
                    ActiveTimersOffset = OffsetOf(at, "<ActiveCount>k__BackingField");
                    TimerQueue = at.MethodTable;
                    break;
                case "System.Threading.TimerQueueTimer" when Timer == 0:
                    TimerPeriodOffset = OffsetOf(at, "_period");
                    TimerDueOffset = OffsetOf(at, "_dueTime");
                    Timer = at.MethodTable;
                    break;
            }
        }
    }

    /// <summary>Whether objects of a type have facts, by its chain of parents.</summary>
    public LayoutFlags Classify(TargetMemory memory, ulong methodTable, ulong parent)
    {
        if (methodTable == TimerQueue && TimerQueue != 0)
        {
            return LayoutFlags.TimerQueue;
        }

        if (methodTable == Timer && Timer != 0)
        {
            return LayoutFlags.Timer;
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
