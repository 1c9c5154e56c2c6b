using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// Credit scoring with a model for each of 16 branches in each of 16 regions. Each is compiled code of its own: models come into use one
/// by one, become hot long after the start, and are compiled again, better.
/// </summary>
internal sealed class ScoringModels : HarmlessTarget
{
    private readonly ScoringDesk _desk = new();

    public override Truth Truth => Truth.Harmless(
        "There are 256 models, each compiled when it is first used and once or twice again when it is hot.", "framework", "Clean", "Bounded");

    protected override double Cap => ScoringDesk.Models;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        RequestSeal.Of(number);
        Subjects.Add(_desk.Score(number));
    }
}

internal interface ITrait
{
    static abstract int Weight { get; }
}

internal interface IScoringModel
{
    double Score(int applicant);
}

/// <summary>As its arguments are structs, the runtime compiles each of its closed types separately.</summary>
internal sealed class ScoringModel<TBranch, TRegion> : IScoringModel
    where TBranch : struct, ITrait
    where TRegion : struct, ITrait
{
    private const int Steps = 400;

    public double Score(int applicant)
    {
        double score = 0;
        for (int step = 1; step <= Steps; step++)
        {
            score += Weigh(applicant, step) / Dampen(step);
        }

        return score;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double Weigh(int applicant, int step) => (applicant * TBranch.Weight % step) + (TRegion.Weight * 0.5);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double Dampen(int step) => Math.Sqrt(step + TBranch.Weight + TRegion.Weight);
}

internal sealed class ScoringDesk
{
    public const int Models = Digits * Digits;

    private const int Digits = 16;
    private const int ApplicantsPerOperation = 12;

    private static readonly Type[] s_traits = [.. Traits().SelectMany(pair => pair)];
    private readonly Dictionary<int, IScoringModel> _models = [];

    public IScoringModel Score(int number)
    {
        IScoringModel latest = Model(number % Models);
        for (int applicant = 0; applicant < ApplicantsPerOperation; applicant++)
        {
            latest.Score(number + applicant);
            Model((number * 31 + applicant) % Math.Min(number, Models)).Score(applicant);
        }

        return latest;
    }

    private IScoringModel Model(int index)
    {
        if (!_models.TryGetValue(index, out IScoringModel? model))
        {
            Type type = typeof(ScoringModel<,>).MakeGenericType(s_traits[index / Digits], s_traits[index % Digits]);
            model = (IScoringModel)Activator.CreateInstance(type)!;
            _models.Add(index, model);
        }

        return model;
    }

    // 4 × 4 traits out of 4 words, so that nobody has to write sixteen structs.
    private static IEnumerable<IEnumerable<Type>> Traits()
    {
        Type[] words = [typeof(Low), typeof(Fair), typeof(Good), typeof(High)];
        return words.Select(first => words.Select(second => typeof(Both<,>).MakeGenericType(first, second)));
    }
}

internal struct Both<TFirst, TSecond> : ITrait
    where TFirst : struct, ITrait
    where TSecond : struct, ITrait
{
    public static int Weight => (TFirst.Weight * 5) + TSecond.Weight;
}

internal struct Low : ITrait
{
    public static int Weight => 1;
}

internal struct Fair : ITrait
{
    public static int Weight => 2;
}

internal struct Good : ITrait
{
    public static int Weight => 3;
}

internal struct High : ITrait
{
    public static int Weight => 4;
}
