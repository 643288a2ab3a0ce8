import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { get } from '../api/http'
import type { PageOf } from '../api/types'

const withQuery = (url: string, more: string) => `${url}${url.includes('?') ? '&' : '?'}${more}`

/** A list that is read on as far as somebody looks. `url` without cursor; it is part of the key. */
export function usePages<T>(key: readonly unknown[], url: string, limit = 50) {
  const query = useInfiniteQuery({
    queryKey: [...key, url],
    queryFn: ({ pageParam, signal }) => get<PageOf<T>>(withQuery(url, `limit=${limit}${pageParam ? `&cursor=${encodeURIComponent(pageParam)}` : ''}`), { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  })
  return { ...query, data: query.data?.pages.flatMap((page) => page.items) }
}

/** The whole of a list that a person keeps by hand (FAQs, products): at most `most`, so that it can be searched as one types. */
export function useAll<T>(key: readonly unknown[], url: string, most = 2000) {
  return useQuery({
    queryKey: [...key, url],
    queryFn: async ({ signal }) => {
      const items: T[] = []
      for (let cursor: string | null = ''; cursor !== null && items.length < most;) {
        const page: PageOf<T> = await get<PageOf<T>>(withQuery(url, `limit=200${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`), { signal })
        items.push(...page.items)
        cursor = page.next_cursor
      }
      return items
    },
  })
}
