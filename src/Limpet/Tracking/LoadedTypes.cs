using System.Reflection;

namespace Limpet.Tracking;

/// <summary>The types of the assemblies that this process has loaded.</summary>
internal static class LoadedTypes
{
    /// <summary>A type that derives from another one; null where none does.</summary>
    /// <param name="type">The other one.</param>
    public static Type? DerivedFrom(Type type) =>
        type == typeof(Array) ? typeof(object[]) // no assembly lists these
        : type.IsSealed ? null
        : AppDomain.CurrentDomain.GetAssemblies().SelectMany(TypesOf).FirstOrDefault(other => other != type && Derives(other, type));

    private static bool Derives(Type other, Type type)
    {
        for (Type? super = other.BaseType; super is not null; super = super.BaseType)
        {
            // The subclass of a generic type may be generic, too: then its arguments are not known before it has objects.
            if (super == type || (super.ContainsGenericParameters && type.IsGenericType && super.GetGenericTypeDefinition() == type.GetGenericTypeDefinition()))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>An assembly may lack one that it refers to: those of its types that can be loaded are the ones that can have objects.</summary>
    private static IEnumerable<Type> TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException exception)
        {
            return exception.Types.OfType<Type>();
        }
    }
}
