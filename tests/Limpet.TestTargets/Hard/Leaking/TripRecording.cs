using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// Positions of a lorry are written to a stream in memory that is sent when the lorry comes home. This one does not: 160 bytes per operation in one MemoryStream, whose
/// array doubles now and then, and no object more.
/// </summary>
internal sealed class TripRecording : HardLeak
{
    private readonly TripRecorder _recorder = new();

    public override Truth Truth => Truth.Leak(
        "TripRecorder writes to the MemoryStream behind _positions until the trip ends, and it does not.",
        "own",
        new FindingTruth(["UnboundedGrowth"], "bytes of System.IO.MemoryStream", "TripRecorder", "_positions") { PerOperation = TripRecorder.BytesPerStop });

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => _recorder.Stop(number, 52.5 + (number / 1e6), 13.4);

    protected override double[] Measured() => [_recorder.Recorded];
}

internal sealed class TripRecorder
{
    public const int BytesPerStop = Samples * (sizeof(int) + (2 * sizeof(double)));

    private const int Samples = 8;

    private readonly BinaryWriter _positions = new(new MemoryStream());

    public long Recorded => _positions.BaseStream.Length;

    public void Stop(int order, double latitude, double longitude)
    {
        for (int sample = 0; sample < Samples; sample++)
        {
            _positions.Write(order);
            _positions.Write(latitude);
            _positions.Write(longitude + (sample / 1e5));
        }
    }
}
