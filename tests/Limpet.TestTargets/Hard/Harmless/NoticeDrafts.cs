using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// A notice is drafted in one text buffer and encoded in one stream per operation, both used again, each time as long as the notice. The day's copies are
/// collected in a third buffer, which is sent with every ninetieth operation.
/// </summary>
internal sealed class NoticeDrafts : HarmlessTarget
{
    private readonly NoticeOffice _office = new();

    public override Truth Truth => Truth.Harmless(
        "A text buffer and a stream that are emptied keep only their capacity, and the copies are sent with every 90th operation.", "framework", "Clean", "Bounded");

    protected override double Cap => NoticeOffice.MostCharacters;

    /// <summary>What the buffers have room for follows from the longest day so far, and days differ by a few notices.</summary>
    protected override double Slack => 4_000;

    protected override int CheckedOperations => 450;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        RequestSeal.Of(number);
        _office.Write(number);
    }

    protected override double[] Measured() => [_office.Held];
}

internal sealed class NoticeOffice
{
    public const int MostCharacters = 300_000;

    private const int CopiesPerPost = 90;
    private const int MostLines = 40;

    private readonly StringBuilder _draft = new();
    private readonly StringBuilder _copies = new();
    private readonly MemoryStream _encoded = new();

    public long Held => _draft.Capacity + _copies.Capacity + _encoded.Capacity;

    public void Write(int number)
    {
        _draft.Clear();
        for (int line = 0; line <= number * 7 % MostLines; line++)
        {
            _draft.Append(CultureInfo.InvariantCulture, $"{number:000000}/{line:00}  dear customer, your parcel is on its way\n");
        }

        _encoded.SetLength(0);
        foreach (ReadOnlyMemory<char> part in _draft.GetChunks())
        {
            _encoded.Write(Encoding.UTF8.GetBytes(part.ToArray()));
        }

        _copies.Append(_draft);
        if (number % CopiesPerPost == 0)
        {
            _copies.Clear();
        }
    }
}
