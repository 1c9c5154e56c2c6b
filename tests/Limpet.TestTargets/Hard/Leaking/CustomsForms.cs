using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// A form parser keeps a scratch buffer for each thread, in a ThreadLocal of its own, and the buffer knows its parser. The ThreadLocal
/// is not disposed, and its finalizer cannot run, because the thread's slot holds the buffer and the buffer the parser: 1 FormScratch
/// with its CustomsFormParser per operation.
/// </summary>
/// <remarks><code>
/// thread static ThreadLocal.ts_slotArray ─→ LinkedSlotVolatile[] ─→ LinkedSlot ─_value→ FormScratch ─→ CustomsFormParser
///     ─→ ThreadLocal&lt;FormScratch&gt;
/// </code></remarks>
internal sealed class CustomsForms : HardLeak
{
    private int _fields;

    public override Truth Truth => Truth.Leak(
        "CustomsFormParser never disposes its ThreadLocal, and FormScratch in the thread's slot refers back to the parser, so that no finalizer can.",
        "framework",
        FindingTruth.Entries(typeof(FormScratch).FullName!, 1, "ThreadLocal", "FormScratch"));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => _fields += new CustomsFormParser().Parse($"origin=NL;weight={number};duty=none");
}

internal sealed class FormScratch
{
    private readonly char[] _text = new char[256];

    public FormScratch(CustomsFormParser parser)
    {
        Parser = parser;
        Subjects.Add(this);
    }

    public CustomsFormParser Parser { get; }

    public Span<char> Text => _text;
}

internal sealed class CustomsFormParser
{
    private readonly ThreadLocal<FormScratch> _scratch;

    public CustomsFormParser() => _scratch = new ThreadLocal<FormScratch>(() => new FormScratch(this));

    public int Parse(string form)
    {
        form.CopyTo(_scratch.Value!.Text);
        return _scratch.Value.Text.Count('=');
    }
}
