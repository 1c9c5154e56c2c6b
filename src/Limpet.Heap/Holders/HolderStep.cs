namespace Limpet.Heap.Holders;

/// <summary>What one step of a way means.</summary>
internal readonly record struct HolderStep
{
    private HolderStep(string? words, bool isInside, bool decides)
    {
        Words = words;
        IsInside = isInside;
        Decides = decides;
    }

    /// <summary>What is held. For a step inside a holder only what is said when the way ends there.</summary>
    public string? Words { get; }

    /// <summary>Whether the step leads to a part of the holder that no source names, such as the array in a list: the next step is the same holder's.</summary>
    public bool IsInside { get; }

    /// <summary>Whether the words stand whatever the steps inside say.</summary>
    public bool Decides { get; }

    /// <summary>A step out of the holder, to what it holds.</summary>
    public static HolderStep To(string words) => new(words, false, false);

    /// <summary>A step to a part of the holder; the words are for a way that ends at that part.</summary>
    public static HolderStep Inside(string? otherwise = null) => new(otherwise, true, false);

    /// <summary>A step to a part of the holder that tells already what the holder holds there.</summary>
    public static HolderStep InsideAs(string words) => new(words, true, true);

    /// <summary>The same step with other words.</summary>
    public HolderStep With(Func<string, string> words) => Words is null ? this : new HolderStep(words(Words), IsInside, Decides);
}
