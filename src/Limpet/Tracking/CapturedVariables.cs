using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using Limpet.Checks;

namespace Limpet.Tracking;

/// <summary>
/// What delegates hold. All lambdas of one scope share one closure: a delegate holds every variable that any of them captured, also those that it does not
/// use itself. Read by reflection in this process; no value is kept.
/// </summary>
public static class CapturedVariables
{
    private const string This = "this";

    /// <summary>The variables that a delegate holds, those of each of its invocations in their order. Empty for a static lambda or method.</summary>
    /// <param name="callback">The delegate.</param>
    public static ImmutableArray<CapturedVariable> Of(Delegate callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        List<CapturedVariable> found = [];
        foreach (Delegate single in callback.GetInvocationList())
        {
            string method = NameOf(single.Method);
            if (single.Target is not { } target)
            {
                continue;
            }

            if (IsGenerated(target.GetType()))
            {
                Read(target, "_target", method, found, []);
            }
            else
            {
                found.Add(new CapturedVariable(method, This, "_target", TypeSpelling.Of(target.GetType()), false));
            }
        }

        return [.. found];
    }

    private static void Read(object closure, string path, string method, List<CapturedVariable> found, HashSet<object> seen)
    {
        if (!seen.Add(closure))
        {
            return;
        }

        foreach (FieldInfo field in closure.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            object? value = field.GetValue(closure);
            string through = $"{path}.{field.Name}";
            if (value is not null && IsGenerated(value.GetType()))
            {
                // An outer scope: its closure hangs on the inner one.
                Read(value, through, method, found, seen);
            }
            else if (!field.FieldType.IsValueType)
            {
                string name = field.Name.EndsWith("__this", StringComparison.Ordinal) ? This : field.Name;
                found.Add(new CapturedVariable(method, name, through, TypeSpelling.Of(value?.GetType() ?? field.FieldType), value is null));
            }
        }
    }

    private static bool IsGenerated(Type type) => type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) && type.Name.StartsWith("<>c", StringComparison.Ordinal);

    /// <summary>A lambda is called after the method that it stands in.</summary>
    private static string NameOf(MethodInfo method)
    {
        Type? type = method.DeclaringType;
        while (type is not null && IsGenerated(type))
        {
            type = type.DeclaringType;
        }

        string place = type is null ? "" : TypeSpelling.Of(type) + ".";
        int close = method.Name.IndexOf('>', StringComparison.Ordinal);
        return method.Name.StartsWith('<') && close > 0 ? $"lambda in {place}{method.Name[1..close]}" : place + method.Name;
    }
}
