namespace Limpet.Heap.Holders.Kinds;

/// <summary>Observables of System.Reactive: who subscribes, through whatever operators lie between.</summary>
internal sealed class ReactiveMeaning : NamespaceMeaning
{
    public ReactiveMeaning()
        : base("System.Reactive.")
    {
    }

    /// <inheritdoc />
    protected override string Words(TracePath path, int first, int end)
    {
        string name = path.TypeAt(first).Name;
        for (int position = first; position < end; position++)
        {
            if (path.LabelAt(position).Member is "_observers" or "_observer" or "_observers.array" or "_onNext")
            {
                return name.StartsWith("System.Reactive.Subjects.", StringComparison.Ordinal) ? "subscriber of the subject" : "subscriber";
            }
        }

        return name.StartsWith("System.Reactive.Disposables.", StringComparison.Ordinal) ? "disposed with it" : "held by the observable";
    }
}
