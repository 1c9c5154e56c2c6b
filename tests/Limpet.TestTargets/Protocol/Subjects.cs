namespace Limpet.TestTargets;

/// <summary>
/// Counts subjects by weak references, in a self-check only: driven from outside, a target must hold nothing but its leak.
/// </summary>
internal static class Subjects
{
    private static readonly List<WeakReference> s_all = [];

    public static bool Counting { get; set; }

    public static void Add(object subject)
    {
        if (Counting)
        {
            lock (s_all)
            {
                s_all.Add(new WeakReference(subject));
            }
        }
    }

    /// <summary>How many different ones are there: one that was handed out twice is one.</summary>
    public static int Alive() => Alive<object>();

    /// <summary>How many different ones of a type are there.</summary>
    public static int Alive<T>()
        where T : class
    {
        lock (s_all)
        {
            return s_all.Select(reference => reference.Target).OfType<T>().Distinct(ReferenceEqualityComparer.Instance).Count();
        }
    }
}
