namespace Limpet.TestTargets;

/// <summary>What lambdas hold on to.</summary>
/// <remarks><code>
/// static s_actions ─→ List&lt;Action&gt;
///    ├ 10 × Action ─→ closure of CaptureLocal { cargo }              ─→ LocalCargo    10
///    ├  3 × Action ─→ ThisCargo (a lambda that captures only `this`)                   3
///    ├  4 × Action ─→ closure of CaptureNested { inner, outer closure } ─→ InnerCargo  4, OuterCargo 4
///    └  6 × Action ─→ one closure of CaptureShared { count, heavy } ─→ SharedCargo   1: the six use only count, a lambda
///                     that is long gone used heavy, and both share the closure
/// </code></remarks>
internal sealed class ClosuresTarget : Target
{
    private static readonly List<Action> s_actions = [];

    public override string Build()
    {
        for (int i = 0; i < 10; i++)
        {
            CaptureLocal();
        }

        for (int i = 0; i < 3; i++)
        {
            new ThisCargo().CaptureThis();
        }

        for (int i = 0; i < 4; i++)
        {
            CaptureNested();
        }

        CaptureShared();
        Settling.Settle();
        return "LocalCargo=10 ThisCargo=3 InnerCargo=4 OuterCargo=4 SharedCargo=1";
    }

    private static void CaptureLocal()
    {
        LocalCargo cargo = new();
        s_actions.Add(() => GC.KeepAlive(cargo));
    }

    private static void CaptureNested()
    {
        OuterCargo outer = new();
        for (int i = 0; i < 1; i++)
        {
            InnerCargo inner = new();
            s_actions.Add(() =>
            {
                GC.KeepAlive(inner);
                GC.KeepAlive(outer);
            });
        }
    }

    private static void CaptureShared()
    {
        SharedCargo heavy = new();
        int count = 0;
        Action once = () => GC.KeepAlive(heavy);
        once();
        for (int i = 0; i < 6; i++)
        {
            s_actions.Add(() => count++);
        }
    }

    internal sealed class LocalCargo;

    internal sealed class InnerCargo;

    internal sealed class OuterCargo;

    internal sealed class SharedCargo;

    internal sealed class ThisCargo
    {
        private int _calls;

        public void CaptureThis() => s_actions.Add(() => _calls++);
    }
}
