using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// Finds places for addresses. The first hundred addresses have a post code; then comes one that has none, and the gazetteer of 20,000 places is
/// loaded, once.
/// </summary>
internal sealed class GazetteerSearch : HarmlessTarget
{
    private const int FirstWithoutPostCode = 100;

    private readonly AddressSearch _search = new();

    public override Truth Truth => Truth.Harmless(
        "The gazetteer of 20,000 places is loaded with operation 100 and never again.", "own", "Clean");

    protected override double Cap => Gazetteer.Places;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        RequestSeal.Of(number);
        if (number < FirstWithoutPostCode)
        {
            Subjects.Add(_search.ByPostCode(10_000 + number));
        }
        else
        {
            _search.ByName(number);
        }
    }
}

internal sealed record GazetteerPlace(string Name, double Latitude, double Longitude);

internal sealed class Gazetteer
{
    public const int Places = 20_000;

    private readonly Dictionary<string, GazetteerPlace> _places = Enumerable.Range(0, Places)
        .Select(index => new GazetteerPlace($"Place {index}", index / 300.0, index / 150.0))
        .ToDictionary(place => place.Name);

    public Gazetteer()
    {
        foreach (GazetteerPlace place in _places.Values)
        {
            Subjects.Add(place);
        }
    }

    public GazetteerPlace Find(string name) => _places[name];
}

internal sealed class AddressSearch
{
    private readonly Lazy<Gazetteer> _gazetteer = new();

    public GazetteerPlace ByPostCode(int code) => new($"{code}", code / 200.0, code / 100.0);

    public GazetteerPlace ByName(int number) => _gazetteer.Value.Find($"Place {number % Gazetteer.Places}");
}
