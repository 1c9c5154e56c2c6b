using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// The driver of a barcode scanner calls back with a pointer that the program gave it: a GC handle to the state of the scan. A scan
/// that succeeds at the first look returns before the handle is freed: 1 ScanState per operation, held by a handle and by nothing else.
/// </summary>
/// <remarks><code>
/// GC handle (strong) ─→ ScanState ─→ byte[]
/// </code></remarks>
internal sealed class ScannerDriver : HardLeak
{
    private readonly ScannerPort _port = new();

    public override Truth Truth => Truth.Leak(
        "ScannerPort.Scan frees the GCHandle of its ScanState only on the way of a second look.",
        "own",
        FindingTruth.Objects(typeof(ScanState).FullName!, 1, "handle"));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => _port.Scan(number);
}

internal sealed class ScanState
{
    private readonly byte[] _image = new byte[320];

    public ScanState(int seed)
    {
        _image.AsSpan().Fill((byte)seed);
        Subjects.Add(this);
    }

    public string? Code { get; set; }

    public int Brightness => _image[0];
}

internal sealed unsafe class ScannerPort
{
    public string? Scan(int parcel)
    {
        GCHandle state = GCHandle.Alloc(new ScanState(parcel));
        delegate* unmanaged<nint, int, void> callback = &OnDecoded;
        callback(GCHandle.ToIntPtr(state), parcel);
        if (((ScanState)state.Target!).Code is { } code)
        {
            return code;
        }

        callback(GCHandle.ToIntPtr(state), parcel + 1);
        string? second = ((ScanState)state.Target!).Code;
        state.Free();
        return second;
    }

    [UnmanagedCallersOnly]
    private static void OnDecoded(nint context, int parcel) =>
        ((ScanState)GCHandle.FromIntPtr(context).Target!).Code = $"JD{parcel:0000000000}";
}
