using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>Each operation opens a view that a list keeps and that listens to a bus. Leaky: both hold it, 1 View. Fixed: 0.</summary>
internal sealed class ListAndEventTarget(bool leaky) : LeakTarget(leaky)
{
    private static readonly List<View> s_open = [];

    private static event EventHandler? Changed;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        View view = new(number);
        s_open.Add(view);
        Changed += view.OnChanged;
        if (!Leaky)
        {
            Changed -= view.OnChanged;
            s_open.Remove(view);
        }

        GC.KeepAlive(Changed);
    }

    protected override long Declared(int operations) => Leaky ? operations : 0;

    internal sealed class View(int number)
    {
        private readonly Subject _text = new(number);

        public void OnChanged(object? sender, EventArgs change) => GC.KeepAlive(_text);
    }
}
