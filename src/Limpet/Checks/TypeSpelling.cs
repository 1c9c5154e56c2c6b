namespace Limpet.Checks;

/// <summary>Names of types as C# spells them.</summary>
internal static class TypeSpelling
{
    /// <summary>The full name, such as <c>System.Collections.Generic.List&lt;Shop.Order&gt;</c>.</summary>
    public static string Of(Type type) => Of(type, '.');

    /// <summary>The name by which a captured heap knows it: as <see cref="Of(Type)"/>, with a plus sign before a nested type.</summary>
    public static string InRuntime(Type type) => Of(type, '+');

    private static string Of(Type type, char nested)
    {
        if (type.IsArray)
        {
            return $"{Of(type.GetElementType()!, nested)}[{new string(',', type.GetArrayRank() - 1)}]";
        }

        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        Type[] arguments = type.GetGenericArguments();
        int outer = type.DeclaringType?.GetGenericArguments().Length ?? 0;
        string before = type.DeclaringType is { } declaring
            ? Of(declaring.IsGenericTypeDefinition && outer > 0 && arguments.Length >= outer && !type.IsGenericTypeDefinition ? declaring.MakeGenericType(arguments[..outer]) : declaring, nested) + nested
            : type.Namespace is { } space ? space + "." : "";
        string name = type.Name.Split('`')[0];
        return arguments.Length > outer ? $"{before}{name}<{string.Join(", ", arguments[outer..].Select(argument => Of(argument, nested)))}>" : before + name;
    }
}
