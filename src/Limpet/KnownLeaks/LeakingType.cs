namespace Limpet.KnownLeaks;

/// <summary>Compares types with the names that findings have: C# spelling, without a backtick, arguments of generic types in angle brackets.</summary>
internal static class LeakingType
{
    /// <summary>The name of a type without its arguments.</summary>
    public static string NameOf(Type type)
    {
        Type open = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        return WithoutArity((open.FullName ?? open.Name).Replace('+', '.'));
    }

    /// <summary>Whether a name in a finding is that of a type.</summary>
    public static bool IsNamed(string name, Type type)
    {
        int arguments = name.IndexOf('<', StringComparison.Ordinal);
        return WithoutArity((arguments < 0 ? name : name[..arguments]).Replace('+', '.')) == NameOf(type);
    }

    private static string WithoutArity(string name)
    {
        int tick;
        while ((tick = name.IndexOf('`', StringComparison.Ordinal)) >= 0)
        {
            int end = tick + 1;
            while (end < name.Length && char.IsAsciiDigit(name[end]))
            {
                end++;
            }

            name = name.Remove(tick, end - tick);
        }

        return name;
    }
}
