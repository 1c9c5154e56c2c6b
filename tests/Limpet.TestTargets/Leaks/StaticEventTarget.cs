using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>Each operation makes a view that subscribes a static event. Leaky: 1 View and 1 Subject per operation stay. Fixed: 0.</summary>
/// <remarks><code>
/// static event Bus.Changed ─→ EventHandler ─_invocationList→ object[] ─→ EventHandler ─_target→ View ─→ Subject
/// </code></remarks>
internal sealed class StaticEventTarget(bool leaky) : LeakTarget(leaky)
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        View view = new(new Subject(number));
        if (!Leaky)
        {
            view.Close();
        }
    }

    protected override long Declared(int operations) => Leaky ? operations : 0;

    internal static class Bus
    {
        public static event EventHandler? Changed;

        public static void Raise() => Changed?.Invoke(null, EventArgs.Empty);
    }

    internal sealed class View
    {
        private readonly Subject _subject;
        private int _changes;

        public View(Subject subject)
        {
            _subject = subject;
            Bus.Changed += OnChanged;
        }

        public void Close() => Bus.Changed -= OnChanged;

        private void OnChanged(object? sender, EventArgs e) => _changes += _subject.Weight;
    }
}
