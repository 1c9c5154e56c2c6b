using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// Labels are rastered into memory that the printer's driver reads, so it comes from the system and not from the garbage collector. The
/// raster of a reprint is not given back, and every label is printed a second time: 48 KiB of native memory per operation, no object.
/// </summary>
internal sealed class LabelPrinting : HardLeak
{
    private readonly LabelPrinter _printer = new();
    private long _residentBefore;

    public override Truth Truth => Truth.Leak(
        "LabelPrinter frees the raster of a label but not the one of its reprint.",
        "own",
        FindingTruth.Native(LabelPrinter.RasterBytes));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => _printer.Print($"parcel {number:00000}");

    protected override int CheckedOperations => 700;

    protected override double Tolerance => 0.1;

    protected override void StartMeasuring() => _residentBefore = OwnProcess.ResidentKilobytes;

    protected override double[] Measured() => [(OwnProcess.ResidentKilobytes - _residentBefore) * 1024.0];
}

internal sealed unsafe class LabelPrinter
{
    public const int RasterBytes = 48 * 1024;

    private long _ink;

    public void Print(string text)
    {
        nint label = Raster(text);
        Feed(label);
        nint reprint = Raster(text + " (copy)");
        Feed(reprint);
        Marshal.FreeHGlobal(label);
    }

    private static nint Raster(string text)
    {
        nint raster = Marshal.AllocHGlobal(RasterBytes);
        Span<byte> dots = new((void*)raster, RasterBytes);
        dots.Fill((byte)text[^1]);
        return raster;
    }

    private void Feed(nint raster) => _ink += new ReadOnlySpan<byte>((void*)raster, RasterBytes)[RasterBytes / 2];
}
