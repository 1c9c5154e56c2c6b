using System.Globalization;
using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// Barcodes are interned, because the same ones were said to come again and again; they contain a serial number, and none comes twice. The
/// runtime never gives an interned string back: 1 String per operation.
/// </summary>
/// <remarks><code>
/// table of interned strings ─ handle ─→ object[] ─→ String
/// </code></remarks>
internal sealed class BarcodeReading : HardLeak
{
    private readonly BarcodeGate _gate = new();

    public override Truth Truth => Truth.Leak(
        "BarcodeGate interns a barcode that never comes again, and the runtime keeps every interned string.",
        "framework",
        FindingTruth.Entries("string", 1));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => Subjects.Add(_gate.Read(number));
}

internal sealed class BarcodeGate
{
    private string _last = "";
    private int _repeated;

    public string Read(int serial)
    {
        string code = string.Intern(string.Create(CultureInfo.InvariantCulture, $"(01)04012345678901(21){serial:00000000}"));
        _repeated += ReferenceEquals(_last, code) ? 1 : 0;
        return _last = code;
    }
}
