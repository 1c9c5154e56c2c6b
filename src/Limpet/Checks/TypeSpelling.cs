namespace Limpet.Checks;

/// <summary>Names of types as C# spells them.</summary>
internal static class TypeSpelling
{
    /// <summary>The full name, such as <c>System.Collections.Generic.List&lt;Shop.Order&gt;</c>.</summary>
    public static string Of(Type type)
    {
        if (type.IsArray)
        {
            return $"{Of(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        }

        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        Type[] arguments = type.GetGenericArguments();
        int outer = type.DeclaringType?.GetGenericArguments().Length ?? 0;
        string before = type.DeclaringType is { } declaring
            ? Of(declaring.IsGenericTypeDefinition && outer > 0 && arguments.Length >= outer && !type.IsGenericTypeDefinition ? declaring.MakeGenericType(arguments[..outer]) : declaring) + "."
            : type.Namespace is { } space ? space + "." : "";
        string name = type.Name.Split('`')[0];
        return arguments.Length > outer ? $"{before}{name}<{string.Join(", ", arguments[outer..].Select(Of))}>" : before + name;
    }
}
