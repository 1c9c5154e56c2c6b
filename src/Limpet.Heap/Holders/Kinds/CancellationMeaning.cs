namespace Limpet.Heap.Holders.Kinds;

/// <summary>Cancellation: what is registered with a token and lives as long as its source, and sources that are linked to others.</summary>
internal sealed class CancellationMeaning : MemberTable
{
    private const string Source = "System.Threading.CancellationTokenSource";
    private const string Node = Source + ".CallbackNode";

    public CancellationMeaning()
        : base(Source)
    {
        Inside("", "_registrations|_callbackPartitions", "callbacks registered with the token");
        Holds("", "_timer", "timer of CancelAfter");
        Inside(".Registrations", "Callbacks", "callbacks registered with the token");
        Inside(".Registrations", "FreeNodeList", "registrations kept for reuse");
        Holds(".Registrations", "Source", "source of the token");
        Holds(".CallbackNode", "Callback", "callback registered with the token");
        Holds(".CallbackNode", "CallbackState", "state of a callback registered with the token");
        Holds(".CallbackNode", "ExecutionContext", "execution context of a callback registered with the token");
        Holds(".CallbackNode", "SynchronizationContext", "synchronization context of a callback registered with the token");
        Inside(".CallbackNode", "Next|Prev", "callbacks registered with the token");
        InsideAs(".CallbackNode", "Registrations", "source of the token it is registered with");
        InsideAs(".Linked1CancellationTokenSource", "_reg1._node", "source of the token it is linked to");
        InsideAs(".Linked2CancellationTokenSource", "_reg1._node|_reg2._node", "source of the token it is linked to");
        InsideAs(".LinkedNCancellationTokenSource", "_linkingRegistrations", "source of a token it is linked to");
    }

    /// <inheritdoc />
    public override HolderStep? Read(TracePath path, int position)
    {
        string member = path.LabelAt(position).Member;
        if (path.DefinitionAt(position) == Node && member == "CallbackState")
        {
            return HolderStep.To(
                path.Is(position + 1, Source) ? "source of a token that is linked to this one"
                : path.TypeAt(position + 1).IsDelegate ? "callback registered with the token"
                : Callback(path, position) is { } callback ? $"state of {callback}, registered with the token"
                : "state of a callback registered with the token");
        }

        if (base.Read(path, position) is { } step)
        {
            return step;
        }

        // Fields of the structs CancellationToken and CancellationTokenRegistration, wherever they are.
        return path.Is(position + 1, Source) && member.EndsWith("._source", StringComparison.Ordinal)
            ? HolderStep.To($"cancellation token {SourceNames.Field(member[..^"._source".Length])}")
            : path.DefinitionAt(position + 1) == Node && member.EndsWith("._node", StringComparison.Ordinal)
                ? HolderStep.InsideAs($"registration {SourceNames.Field(member[..^"._node".Length])}, source of its token")
                : null;
    }

    private static string? Callback(TracePath path, int position)
    {
        NodeIndex callback = path.Follow(path.Nodes[position], "Callback");
        return callback.IsNone || path.CalledBy(callback) is not { } method || FrameworkTypes.IsFramework(method.Type)
            ? null
            : SourceNames.Method(method.Type, method.Name);
    }
}
